"""Lowering of libcst's concrete tree: of files that the running Python refuses, because they are newer or wrong.

It gives the same code tree as `tree`, module by module.
"""
