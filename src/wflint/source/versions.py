"""Two versions of a file, for somebody who has read the older one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from msgspec import Struct

from wflint.model.span import Span
from wflint.source.code import Attribute, FunctionDef, ModuleIR, StmtT, TextRange
from wflint.source.walking import annotations_of

_PLACES: dict[type, tuple[tuple[str, ...], tuple[str, ...]]] = {}
"""For each kind of node, the fields that are places, and all others."""


class Versions(Struct, frozen=True, dict=True):
    """The same code at other `places`, but for functions that nobody has looked into.

    `renewed` have another body by now, the older one first; `added` and `removed` stand in the module itself.
    """

    older: ModuleIR
    newer: ModuleIR
    places: dict[TextRange, TextRange]
    renewed: tuple[tuple[FunctionDef, FunctionDef], ...] = ()
    added: tuple[FunctionDef, ...] = ()
    removed: tuple[FunctionDef, ...] = ()

    @classmethod
    def of(cls, older: ModuleIR, newer: ModuleIR, entered: frozenset[int]) -> Versions | None:
        """Two versions that read alike, None where they do not; `entered` are where the names of functions begin."""
        if older.doc != newer.doc or older.unread or newer.unread or older.misread or newer.misread:
            return None
        removed, added = _apart(older.body, newer.body), _apart(newer.body, older.body)
        reading = _Reading(entered, {}, [])
        if not reading.is_alike(_without(older.body, removed), _without(newer.body, added)):
            return None
        if any(function.name_at[0] in entered for function in removed):
            return None
        return cls(older, newer, reading.places, tuple(reading.renewed), added, removed)

    def moved(self, span: Span) -> Span | None:
        """Where something of the older version stands in the newer one, None where that cannot be told."""
        if (span.line, span.column, span.end_line, span.end_column) == (1, 1, 1, 1):
            return span  # the file as such
        start, end = self._offset(span.line, span.column), self._offset(span.end_line, span.end_column)
        place = self.places.get((start, end))
        if place is None:
            first, last = self._starts.get(start), self._ends.get(end)
            if first is None or last is None:
                return None
            place = (first, last)
        return Span(span.path, *self.newer.place(place[0]), *self.newer.place(place[1]))

    def _offset(self, line: int, column: int) -> int:
        return self.older.lines[line - 1] + column - 1 if line <= len(self.older.lines) else -1

    @cached_property
    def _starts(self) -> dict[int, int | None]:
        return _edges((old[0], new[0]) for old, new in self.places.items())

    @cached_property
    def _ends(self) -> dict[int, int | None]:
        return _edges((old[1], new[1]) for old, new in self.places.items())


class _Reading(Struct, frozen=True):
    """A walk along two trees, with what it has seen so far."""

    entered: frozenset[int]
    places: dict[TextRange, TextRange]
    renewed: list[tuple[FunctionDef, FunctionDef]]

    def is_alike(self, older: object, newer: object) -> bool:
        """Whether two pieces of the trees say the same to whoever has read the older one."""
        pending: list[tuple[object, object]] = [(older, newer)]
        while pending:
            old, new = pending.pop()
            if type(old) is not type(new):
                return False
            if isinstance(old, tuple) and isinstance(new, tuple):
                if len(old) != len(new):
                    return False
                pending += zip(old, new, strict=True)
            elif isinstance(old, Struct) and isinstance(new, Struct):
                parts = self._parts(old, new)
                if parts is None:
                    return False
                pending += parts
            elif old != new:
                return False
        return True

    def _parts(self, old: Struct, new: Struct) -> Iterable[tuple[object, object]] | None:
        """What is left to be compared of two nodes of one kind, None where they cannot be alike."""
        placed, others = _fields(type(old))
        if not all(self._is_placed(getattr(old, name), getattr(new, name)) for name in placed):
            return None
        if isinstance(old, Attribute) and isinstance(new, Attribute):
            self._is_placed(_last_name(old), _last_name(new))
        if isinstance(old, FunctionDef) and isinstance(new, FunctionDef):
            if not self._is_alike_inside(old, new):
                return None
            others = tuple(name for name in others if name != "inner")
        return [(getattr(old, name), getattr(new, name)) for name in others]

    def _is_placed(self, old: TextRange, new: TextRange) -> bool:
        """Whether what stands at one place stands at one place by now."""
        return self.places.setdefault(old, new) == new

    def _is_alike_inside(self, old: FunctionDef, new: FunctionDef) -> bool:
        if old.name_at[0] in self.entered:
            return self.is_alike(old.inner, new.inner)
        inside = _Reading(self.entered, {}, [])
        if not inside.is_alike(old.inner, new.inner):
            self.renewed.append((old, new))
            return True
        self.renewed.extend(inside.renewed)
        return all(self._is_placed(*pair) for pair in inside.places.items())


def _fields(kind: type[Struct]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if kind not in _PLACES:
        written = annotations_of(kind)
        placed = tuple(name for name, text in written.items() if text == "TextRange")
        _PLACES[kind] = placed, tuple(name for name in written if name not in placed)
    return _PLACES[kind]


def _last_name(node: Attribute) -> TextRange:
    """The place of the name itself, which calls of methods are shown at."""
    return node.at[1] - len(node.name), node.at[1]


def _apart(here: Iterable[StmtT], there: Iterable[StmtT]) -> tuple[FunctionDef, ...]:
    """The functions among some statements whose names none among others has."""
    known = {node.name for node in there if isinstance(node, FunctionDef)}
    return tuple(node for node in here if isinstance(node, FunctionDef) and node.name not in known)


def _without(body: tuple[StmtT, ...], functions: tuple[FunctionDef, ...]) -> tuple[StmtT, ...]:
    left = {id(function) for function in functions}
    return tuple(node for node in body if id(node) not in left)


def _edges(pairs: Iterator[tuple[int, int]]) -> dict[int, int | None]:
    """Where each offset went, None where that is more than one."""
    found: dict[int, int | None] = {}
    for old, new in pairs:
        found[old] = new if found.get(old, new) == new else None
    return found
