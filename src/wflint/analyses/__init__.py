"""What follows from a workflow: facts that rules turn into findings. Knows no framework."""
