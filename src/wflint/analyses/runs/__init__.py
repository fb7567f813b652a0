"""What recorded runs say about steps and edges."""
