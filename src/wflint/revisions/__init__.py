"""The history of what is audited: which version it is, and how it was at another one."""
