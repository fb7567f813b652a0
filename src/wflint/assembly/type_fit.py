"""Whether a value of one declared type can ever be one of another, as far as both are known."""

from __future__ import annotations

from typing import Final

from wflint.evaluate.class_values import Class
from wflint.evaluate.types import bare, name_of
from wflint.evaluate.values import Value, last_of

LIST: Final = "list"
PLAIN: Final = {"str": "text", "int": "number", "float": "number", "bool": "number", "list": LIST}
"""Types of Python's own that are told apart."""


def never_fits(given: Value, taken: Value) -> bool:
    """Whether two types are both known, and no value of the first one is of the second."""
    match known_kind(given), known_kind(taken):
        case (None, _) | (_, None):
            return False
        case Class() as one, Class() as other:
            return all(ancestor is not other for ancestor in one.lineage()) and "Protocol" not in _bases(other)
        case Class() as one, kind:
            return all(PLAIN.get(base) != kind for base in _bases(one))
        case one, other:
            return one != other


def _bases(cls: Class) -> frozenset[str]:
    """What a class inherits from libraries, by name."""
    return frozenset(last_of(path) for path in cls.libraries())


def known_kind(type_: Value) -> Class | str | None:
    """A class of the source, or a kind of plain value; None for all other types."""
    inner = bare(type_)
    if isinstance(inner, Class):
        return inner
    return PLAIN.get(name_of(type_))
