"""What wflint does not know by itself: the framework of one house, and its way to begin a graph of LangGraph."""
