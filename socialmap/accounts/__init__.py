"""Who people are: passwords, second factors, invitations, sessions."""
