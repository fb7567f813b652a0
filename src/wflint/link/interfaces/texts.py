"""What texts expressions stand for, as far as that is written: in place, under a name, or as what holds by default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urljoin

from wflint.link.interfaces.module import Code, Definition, argument
from wflint.source.code import (
    AnnAssign,
    Assign,
    Attribute,
    Binary,
    Boolean,
    Call,
    ClassDef,
    Constant,
    Expr,
    JoinedStr,
    Name,
)

HOLE: Final = "\x00"
"""Stands in a text for what is not known of it."""
_DEEP: Final = 12
"""So many names are looked up one behind the other."""
_ENVIRONMENT: Final = frozenset({"os.getenv", "os.environ.get"})
"""What reads a setting, the default of which is the second argument."""
_FIELDS: Final = frozenset({"Field", "field"})
"""What declares a field of a class, with its default."""
_TRIMS: Final = frozenset({"rstrip", "strip", "lower"})
"""Methods that leave an address the one that it is."""


def text_of(value: Expr | None, code: Code, deep: int = _DEEP) -> str | None:
    """What a text is, with a hole for each part that is not known; None where nothing of it is."""
    if not deep:
        return None
    match value:
        case Constant(value=str() as text):
            return text
        case JoinedStr(parts=parts):
            return "".join(_piece(part, code, deep) for part in parts)
        case Binary(operator="+", left=left, right=right):
            return _piece(left, code, deep) + _piece(right, code, deep)
        case Boolean(operator="or", right=right):
            return text_of(right, code, deep - 1)
        case Call():
            return _called(value, code, deep)
        case Name() | Attribute():
            return _named(value, code, deep)
        case _:
            return None


def _piece(value: Expr, code: Code, deep: int) -> str:
    """A piece of a text; a hole with the name of what fills it where that is not known."""
    found = text_of(value, code, deep - 1)
    if found is None:
        name = value.id if isinstance(value, Name) else value.name if isinstance(value, Attribute) else ""
        return f"{HOLE}{name}{HOLE}"
    return found


def _called(call: Call, code: Code, deep: int) -> str | None:
    """The default of a setting, an address that is put together of two, or a text that loses what is around it."""
    name = code.dotted(call.func)
    if name in _ENVIRONMENT:
        return text_of(argument(call, "default", 1), code, deep - 1)
    if name == "urllib.parse.urljoin":
        base, path = (text_of(argument(call, part, at), code, deep - 1) for at, part in enumerate(("base", "url")))
        return urljoin(base, path) if base is not None and path is not None and HOLE not in base else path
    if isinstance(call.func, Attribute) and call.func.name in _TRIMS:
        found = text_of(call.func.value, code, deep - 1)
        return found.rstrip("/") if found is not None else None
    return None


def _named(value: Name | Attribute, code: Code, deep: int) -> str | None:
    found = code.definition(value)
    if found is not None:
        return text_of(found.code.values.get(found.name), found.code, deep - 1)
    return _of_object(value, code, deep) if isinstance(value, Attribute) else None


def _of_object(value: Attribute, code: Code, deep: int) -> str | None:
    """What a field of a class, or of an object of one, is by default."""
    owner = _class_of(value.value, code)
    if owner is None:
        return None
    declared, home = owner
    defaults = list(_defaults(declared, value.name))
    if len(defaults) != 1:
        return None
    default: Expr | None = defaults[0]
    if isinstance(default, Call) and isinstance(default.func, Name) and default.func.id in _FIELDS:
        default = argument(default, "default", 0)
    return text_of(default, home, deep - 1)


def _class_of(value: Expr, code: Code) -> tuple[ClassDef, Code] | None:
    """The class that an expression names, or that made the object which it names."""
    made = code.constructed_by(value)
    found = code.definition(value) if made is None else made.code.definition(made.call.func)
    return _class_named(found) if found is not None else None


def _class_named(found: Definition) -> tuple[ClassDef, Code] | None:
    classes = [each for each in found.code.classes if each.name == found.name]
    return (classes[0], found.code) if len(classes) == 1 else None


def _defaults(declared: ClassDef, name: str) -> Iterator[Expr]:
    for statement in declared.body:
        match statement:
            case AnnAssign(target=Name(id=target), value=Expr() as value) if target == name:
                yield value
            case Assign(targets=(Name(id=target),), value=value) if target == name:
                yield value
            case _:
                pass
