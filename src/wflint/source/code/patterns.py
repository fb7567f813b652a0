"""The patterns of a `match` in the code tree."""

from __future__ import annotations

from msgspec import Struct

from wflint.source.code.expressions import ExprT


class Pattern(Struct, frozen=True, tag=True, array_like=True):
    """Something that a subject may fit; where it stands, the expressions in it tell."""


class ValuePattern(Pattern, frozen=True, tag=True, array_like=True):
    """A literal or a dotted name that the subject equals; `True`, `False` or `None` that it is."""

    value: ExprT


class CapturePattern(Pattern, frozen=True, tag=True, array_like=True):
    """`pattern as name`, a bare name, or `_`: without a pattern it fits everything, without a name it binds nothing."""

    pattern: PatternT | None
    name: str | None


class StarPattern(Pattern, frozen=True, tag=True, array_like=True):
    """`*name` inside a sequence; a name of None is `*_`."""

    name: str | None


class SequencePattern(Pattern, frozen=True, tag=True, array_like=True):
    """`[first, *rest]` or `(first, second)`."""

    items: tuple[PatternT, ...]


class Entry(Struct, frozen=True, tag=True, array_like=True):
    """`key: pattern` of a mapping pattern."""

    key: ExprT
    pattern: PatternT


class MappingPattern(Pattern, frozen=True, tag=True, array_like=True):
    """`{key: pattern, **rest}`."""

    entries: tuple[Entry, ...]
    rest: str | None


class Part(Struct, frozen=True, tag=True, array_like=True):
    """`name=pattern` of a class pattern; a name of None is one by position."""

    name: str | None
    pattern: PatternT


class ClassPattern(Pattern, frozen=True, tag=True, array_like=True):
    """`cls(first, name=second)`."""

    cls: ExprT
    parts: tuple[Part, ...]


class OrPattern(Pattern, frozen=True, tag=True, array_like=True):
    """`first | second`."""

    alternatives: tuple[PatternT, ...]


PatternT = ValuePattern | CapturePattern | StarPattern | SequencePattern | MappingPattern | ClassPattern | OrPattern
