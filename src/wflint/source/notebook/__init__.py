"""Notebooks: the code cells of one are one module, whose spans can be found again in the cells and in the file."""
