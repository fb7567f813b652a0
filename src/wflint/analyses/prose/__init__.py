"""What the texts of steps promise and ask for, and who is never told."""
