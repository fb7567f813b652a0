"""Where control goes: what is reached, what goes round, what happens at the same time."""
