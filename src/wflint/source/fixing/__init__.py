"""Fixes as edits of a text: only what has to change is replaced, so that comments and layout stay."""
