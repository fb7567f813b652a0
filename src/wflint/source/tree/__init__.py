"""Lowering of the tree that Python's own parser makes.

It is ten times as fast as libcst and gives exact positions. What the running Python cannot parse, or what this lowering
is not sure about (`Doubt`), is left to libcst; where both know a file, they lower it to the same code tree.
"""
