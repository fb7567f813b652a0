"""YAML documents as small trees in which everything knows its place.

Only what a document says is kept: tags are not followed, nothing is constructed. ruamel.yaml is imported here and
nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from wflint.errors import UnreadableSource
from wflint.model.patterns import pattern
from wflint.source.code import TextRange
from wflint.source.literals import encodable

if TYPE_CHECKING:
    from ruamel.yaml.nodes import Node as YamlNode

LONGEST: Final = 400_000
"""Characters; people do not write a longer document by hand."""
MOST_NODES: Final = 20_000
"""Aliases make a short document stand for an endless one."""
DEEPEST: Final = 40
DEEPEST_BRACKETS: Final = 100
"""Open brackets, where they are no text: the parser's time grows as the square of their number."""
_BRACKETS: Final = pattern(r"(?P<open>[\[{])|(?P<close>[\]}])|\"(?:[^\\\"]|\\.)*+\"|'[^']*+'|(?<!\S)#[^\n]*+")


class Scalar(Struct, frozen=True):
    """A text, a number, a boolean or nothing."""

    at: TextRange
    value: str | int | float | bool | None


class Listing(Struct, frozen=True):
    """A list."""

    at: TextRange
    items: tuple[Node, ...]


class Pair(Struct, frozen=True):
    """A key with its value; `merged` where it comes from a mapping that is merged in."""

    key: Scalar
    value: Node
    merged: bool = False


class Table(Struct, frozen=True):
    """A mapping; of two pairs with one key, the later counts."""

    at: TextRange
    pairs: tuple[Pair, ...]


Node = Scalar | Listing | Table


def parse(text: str) -> Node | None:
    """The tree of a document, None for an empty one; raises `UnreadableSource` where it is no YAML."""
    if len(text) > LONGEST:
        raise UnreadableSource("a document that is too long to read")
    _refuse_deep_nesting(text)
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark
        place = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
        raise UnreadableSource(f"no YAML: {error.problem or error.context}", *place) from error
    except (YAMLError, RecursionError, ValueError, LookupError) as error:  # LookupError: a version that nobody made
        raise UnreadableSource("no YAML") from error
    return None if root is None else _Reader(text).node(root, 0)


def _refuse_deep_nesting(text: str) -> None:
    """Raises `UnreadableSource` where the brackets of a document nest deeper than anybody writes."""
    depth = 0
    for match in _BRACKETS.finditer(text):
        depth = depth + 1 if match["open"] else max(depth - 1, 0) if match["close"] else depth
        if depth > DEEPEST_BRACKETS:
            line, column = text.count("\n", 0, match.start()) + 1, match.start() - text.rfind("\n", 0, match.start())
            raise UnreadableSource("a document that nests too deeply to read", line, column)


def repeated(node: Node) -> Iterator[Scalar]:
    """The keys that a mapping has already, wherever in a document."""
    match node:
        case Table(pairs=pairs):
            seen: set[tuple[type, object]] = set()
            for pair in pairs:
                known = (type(pair.key.value), pair.key.value)
                if not pair.merged:
                    if known in seen:
                        yield pair.key
                    seen.add(known)
                    yield from repeated(pair.value)
        case Listing(items=items):
            for item in items:
                yield from repeated(item)
        case _:
            pass


def line_starts(text: str) -> tuple[int, ...]:
    """The offsets at which the lines of a text begin."""
    starts = [0]
    for line in text.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    return tuple(starts)


class _Reader:
    """Turns the nodes of ruamel.yaml into ours, within bounds."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.left = MOST_NODES

    def node(self, node: YamlNode, depth: int) -> Node:
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise UnreadableSource("a document that is too large to read", node.start_mark.line + 1)
        start = node.start_mark.index
        at = (start, start + len(self.text[start : node.end_mark.index].rstrip()))
        match node.value:
            case list() if _kind(node) == "map":
                return Table(at, tuple(self._pairs(node, depth)))
            case list(items):
                return Listing(at, tuple(self.node(item, depth + 1) for item in items))
            case value if not encodable(str(value)):
                mark = node.start_mark
                raise UnreadableSource("a lone surrogate in the text", mark.line + 1, mark.column + 1)
            case value:
                return Scalar(at, _plain(str(value), _kind(node)))

    def _pairs(self, node: YamlNode, depth: int) -> Iterator[Pair]:
        """The pairs of a mapping, those that it merges in (`<<: *other`) first."""
        own: list[Pair] = []
        for key, value in node.value:
            read = self.node(value, depth + 1)
            if _kind(key) == "merge":
                for merged in read.items if isinstance(read, Listing) else (read,):
                    for pair in merged.pairs if isinstance(merged, Table) else ():
                        yield Pair(pair.key, pair.value, merged=True)
            elif isinstance(named := self.node(key, depth + 1), Scalar):
                own.append(Pair(named, read))
        yield from own


_WORDS: Final = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


def _kind(node: YamlNode) -> str:
    """The last part of a node's tag; a tag of the author's own makes a mapping of pairs and a list of anything else."""
    last = (node.tag or "").rpartition(":")[2]
    is_pairs = isinstance(node.value, list) and all(isinstance(item, tuple) for item in node.value)
    return "map" if is_pairs and node.value else last


def _plain(text: str, kind: str) -> str | int | float | bool | None:
    """What a scalar stands for; a number that Python cannot read stays text."""
    try:
        match kind:
            case "null":
                return None
            case "bool":
                return _WORDS.get(text.lower(), text)
            case "int":
                return int(text.replace("_", ""), 0)
            case "float":
                return float(text.replace("_", ""))
            case _:
                return text
    except ValueError:
        return text
