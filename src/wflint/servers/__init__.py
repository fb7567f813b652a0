"""Servers that other programs talk to over standard input and output: for assistants and for editors."""
