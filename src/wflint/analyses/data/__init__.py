"""Where values go: who sets what, who reads it, and what is missing then."""
