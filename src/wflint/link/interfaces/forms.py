"""Classes that declare what is handed over: their fields, and which of them have to be there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from wflint.link.interfaces.module import Code, Definition, argument
from wflint.link.records import FieldSummary
from wflint.source.code import (
    AnnAssign,
    Assign,
    Attribute,
    Binary,
    Call,
    ClassDef,
    Constant,
    Display,
    Expr,
    FunctionDef,
    Name,
    Subscript,
)

_MODELS: Final = frozenset({"BaseModel", "TypedDict", "SQLModel", "Struct"})
_SETTINGS: Final = frozenset({"model_config", "Config"})
"""What a class calls its settings; they may give its fields other names."""
_REWORKS: Final = frozenset({"model_validator", "root_validator"})
"""Decorators of methods that may fill fields before they are looked for."""
_ALIASES: Final = ("alias", "validation_alias", "serialization_alias")
_DEEP: Final = 8
"""So many classes derive from each other."""

Form = tuple[FieldSummary, ...]


def declared_form(annotation: Expr | None, code: Code) -> Form | None:
    """The fields of the class that a type names, wherever it is declared; None where that is no such, or not known."""
    name = last_name(annotation)
    if annotation is None or not name:
        return None
    found = code.named(name) if isinstance(annotation, Constant) else code.definition(annotation)
    return _form(found, _DEEP) if found is not None else None


def _form(found: Definition, deep: int) -> Form | None:
    classes = [each for each in found.code.classes if each.name == found.name]
    if len(classes) != 1 or not deep or classes[0].keywords or _has_settings(classes[0]):
        return None
    fields: dict[str, FieldSummary] = {}
    for base in classes[0].bases:
        inherited = () if last_name(base) in _MODELS else _inherited(base, found.code, deep)
        if inherited is None:
            return None
        fields |= {field.name: field for field in inherited}
    own = tuple(_fields(classes[0]))
    if not classes[0].bases or None in own:
        return None
    return tuple((fields | {field.name: field for field in own if field is not None}).values())


def _inherited(base: Expr, code: Code, deep: int) -> Form | None:
    found = code.definition(base)
    return _form(found, deep - 1) if found is not None else None


def _has_settings(declared: ClassDef) -> bool:
    """Whether a class says more than its fields do: other names for them, or code that fills them."""
    for statement in declared.body:
        match statement:
            case Assign(targets=(Name(id=name),)) | AnnAssign(target=Name(id=name)) | ClassDef(name=name):
                if name in _SETTINGS:
                    return True
            case FunctionDef(decorators=decorators):
                ways = (each.func if isinstance(each, Call) else each for each in decorators)
                if any(last_name(way) in _REWORKS for way in ways):
                    return True
            case _:
                pass
    return False


def _fields(declared: ClassDef) -> Iterator[FieldSummary | None]:
    """Each field; None for one that goes by another name."""
    for statement in declared.body:
        match statement:
            case AnnAssign(target=Name(id=name), annotation=annotation, value=value) if not name.startswith("_"):
                setting = value if isinstance(value, Call) else _setting(annotation)
                if setting is not None and any(argument(setting, alias) is not None for alias in _ALIASES):
                    yield None
                    continue
                required = value is None and setting is None and not may_be_left_out(annotation)
                required = required or (setting is not None and value in (None, setting) and _asks_for_one(setting))
                yield FieldSummary(name, last_name(annotation) or None, required)
            case _:
                pass


def _setting(annotation: Expr | None) -> Call | None:
    """The declaration of a field that stands in its type: `Annotated[int, Field(default=1)]`."""
    match annotation:
        case Subscript(value=outer, index=Display(items=items)) if last_name(outer) == "Annotated":
            return next((item for item in items if isinstance(item, Call) and last_name(item.func) == "Field"), None)
        case _:
            return None


def _asks_for_one(value: Call) -> bool:
    """Whether `Field(...)` declares no default."""
    if last_name(value.func) != "Field" or any(
        keyword.name in {"default", "default_factory", None} for keyword in value.keywords
    ):
        return False
    return not value.args or _is_ellipsis(value.args[0])


def _is_ellipsis(value: Expr) -> bool:
    return not isinstance(value, Constant) and not isinstance(value, Name | Call | Attribute)


def may_be_left_out(annotation: Expr | None) -> bool:
    """Whether a field of this type may be missing, by some version of the libraries that read it."""
    if isinstance(annotation, Subscript) and last_name(annotation.value) in {"NotRequired", "ClassVar"}:
        return True
    return is_optional(annotation)


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
