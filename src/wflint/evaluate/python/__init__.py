"""Python's own types and functions, and the parts of its library that code puts workflows together with."""
