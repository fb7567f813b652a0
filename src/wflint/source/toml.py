"""TOML documents as small trees, like those of YAML; Python's own parser does not say where things stand in them."""

from __future__ import annotations

import tomllib

from wflint.errors import UnreadableSource
from wflint.source.yaml import DEEPEST, LONGEST, MOST_NODES, Listing, Node, Pair, Scalar, Table


def parse(text: str) -> Node | None:
    """The tree of a document, everything at the place of the whole; raises `UnreadableSource` where it is no TOML."""
    if len(text) > LONGEST:
        raise UnreadableSource("a document that is too long to read")
    try:
        read = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise UnreadableSource(f"no TOML: {error}") from error
    return _Reader(len(text)).node(read, 0)


class _Reader:
    """Turns what was read into a tree, within bounds."""

    def __init__(self, length: int) -> None:
        self.at = (0, length)
        self.left = MOST_NODES

    def node(self, value: object, depth: int) -> Node:
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise UnreadableSource("a document that is too large to read")
        match value:
            case dict():
                pairs = (Pair(Scalar(self.at, str(key)), self.node(each, depth + 1)) for key, each in value.items())
                return Table(self.at, tuple(pairs))
            case list():
                return Listing(self.at, tuple(self.node(each, depth + 1) for each in value))
            case str() | int() | float() | bool():
                return Scalar(self.at, value)
            case _:
                return Scalar(self.at, str(value))  # a date
