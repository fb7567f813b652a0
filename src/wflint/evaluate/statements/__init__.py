"""What statements do: running them one after the other, in loops, branches and contexts."""
