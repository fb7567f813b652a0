"""What to do about an edge."""
