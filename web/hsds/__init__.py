"""Open Referral HSDS 3.1 (interfaces.md): what everybody may see, for directories elsewhere."""
