"""Classes that declare what is handed over: their fields, and which of them have to be there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from wflint.link.interfaces.module import Code
from wflint.link.records import FieldSummary
from wflint.source.code import AnnAssign, Attribute, Binary, Call, ClassDef, Constant, Expr, Name, Subscript

_MODELS: Final = frozenset({"BaseModel", "TypedDict", "SQLModel", "Struct"})

Forms = Mapping[str, tuple[FieldSummary, ...]]
"""Fields by the name of the class; only of names that one class has."""


def declared_forms(codes: Iterable[Code]) -> Forms:
    """The declared forms of a repository."""
    found: dict[str, tuple[FieldSummary, ...]] = {}
    twice: set[str] = set()
    for code in codes:
        for declared in code.classes:
            if declared.name in found:
                twice.add(declared.name)
            if _is_form(declared):
                found[declared.name] = tuple(_fields(declared))
    return {name: fields for name, fields in found.items() if name not in twice}


def _is_form(declared: ClassDef) -> bool:
    """Whether its own body declares all fields: it derives from nothing but the root of models."""
    return len(declared.bases) == 1 and last_name(declared.bases[0]) in _MODELS and not declared.keywords


def _fields(declared: ClassDef) -> Iterable[FieldSummary]:
    for statement in declared.body:
        if isinstance(statement, AnnAssign) and isinstance(statement.target, Name):
            required = statement.value is None or _asks_for_one(statement.value)
            yield FieldSummary(statement.target.id, last_name(statement.annotation) or None, required)


def _asks_for_one(value: Expr) -> bool:
    """Whether `Field(...)` declares no default."""
    if not isinstance(value, Call):
        return False
    if last_name(value.func) != "Field" or any(
        keyword.name in {"default", "default_factory", None} for keyword in value.keywords
    ):
        return False
    return not value.args or _is_ellipsis(value.args[0])


def _is_ellipsis(value: Expr) -> bool:
    return not isinstance(value, Constant) and not isinstance(value, Name | Call | Attribute)


def is_optional(annotation: Expr | None) -> bool:
    """Whether a type admits None."""
    match annotation:
        case Binary(operator="|", left=left, right=right):
            return is_optional(left) or is_optional(right)
        case Constant(value=None):
            return True
        case Subscript(value=outer):
            return last_name(outer) == "Optional"
        case _:
            return False


def last_name(value: Expr | None) -> str:
    """The last part of a name; empty where it is none."""
    match value:
        case Name(id=name):
            return name
        case Attribute(name=name):
            return name
        case Constant(value=str() as name) if name.isidentifier():
            return name
        case _:
            return ""
