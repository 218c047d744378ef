"""The social map of a wijk: who is there, who helps whom, and what nobody knows yet."""
