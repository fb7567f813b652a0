"""What annotations mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class
from wflint.evaluate.values import (
    NONE,
    Const,
    EnumMember,
    ExternalName,
    Generic,
    Mapping,
    Object,
    Sequence,
    Text,
    TrackedValue,
    Unknown,
    Value,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.library import LibraryModel
    from wflint.evaluate.modules import Module
    from wflint.evaluate.scope import Scope
    from wflint.source.code import ExprT

TRANSPARENT = frozenset({"Annotated", "Required", "NotRequired", "ReadOnly", "Final", "ClassVar", "Awaitable"})
"""Generic types whose first argument is what the value really is."""

UNIONS = frozenset({"Union", "Optional"})
SEQUENCES = frozenset({"list", "List", "Sequence", "tuple", "Tuple", "set", "Set", "Iterable", "frozenset", "deque"})
MAPPINGS = frozenset({"dict", "Dict", "Mapping", "defaultdict", "MutableMapping", "OrderedDict"})


def annotation(interp: Interpreter, expression: ExprT | None, scope: Scope, module: Module) -> Value | None:
    """The value of an annotation read in its own module, forward references resolved; None where there is none."""
    from wflint.evaluate.events import Frame

    if expression is None:
        return None
    with interp.afresh():
        interp.frames = [Frame(None, module, None, (), interp.heap.clock, 0, written_at=expression.at[0])]
        return _resolved(interp, interp.evaluate(expression, scope), scope, 4)


def _resolved(interp: Interpreter, value: Value, scope: Scope, depth: int) -> Value:
    match value:
        case Const(value=str(text)) if depth:
            return _forward(interp, text, scope, depth)
        case Generic(base=base, arguments=arguments) if name_of(base) != "Literal" and depth:
            first, *others = arguments or (NONE,)
            rest = others if name_of(base) == "Annotated" else [_resolved(interp, o, scope, depth - 1) for o in others]
            return Generic(base, (_resolved(interp, first, scope, depth - 1), *rest))
        case _:
            return value


def _forward(interp: Interpreter, text: str, scope: Scope, depth: int) -> Value:
    """A type written as text."""
    from wflint.errors import UnreadableSource
    from wflint.source.code import ExprStmt
    from wflint.source.lower import lower_module

    try:
        body = lower_module(text).body
    except UnreadableSource:
        return Unknown("a type that cannot be parsed")
    match body:
        case (ExprStmt(value=expression),):
            return _resolved(interp, interp.evaluate(expression, scope), scope, depth - 1)
        case _:
            return Unknown("a type that cannot be parsed")


def name_of(value: Value | None) -> str:
    """The last part of a type's name: `Literal` for `typing_extensions.Literal`; empty where it has none."""
    match value:
        case ExternalName(path=path):
            return path.rpartition(".")[2]
        case Class(name=name):
            return name
        case Generic(base=base):
            return name_of(base)
        case _:
            return ""


def bare(value: Value | None) -> Value | None:
    """The type inside `Annotated`, `Required` and the like; of `Optional[X]` and `X | None`, X."""
    while isinstance(value, Generic):
        if name_of(value.base) in TRANSPARENT and value.arguments:
            value = value.arguments[0]
            continue
        if name_of(value.base) in UNIONS:
            others = [argument for argument in value.arguments if argument != NONE]
            if len(others) == 1:
                value = others[0]
                continue
        break
    return value


def unannotated(value: Value | None) -> Value | None:
    """The type inside `Annotated`, `Required` and the like; unions stay as they are."""
    while isinstance(value, Generic) and name_of(value.base) in TRANSPARENT and value.arguments:
        value = value.arguments[0]
    return value


def literals(interp: Interpreter, type_: Value | None) -> tuple[Value, ...]:
    """The values that a type allows, where it lists them (`Literal`, an enumeration, unions of them); else none."""
    type_ = bare(type_)
    match type_:
        case Generic(base=base, arguments=arguments) if name_of(base) == "Literal":
            found = [literals(interp, item) if isinstance(item, Generic) else (item,) for item in arguments]
            return tuple(item for items in found for item in items)
        case Generic(base=base, arguments=arguments) if name_of(base) in UNIONS:
            parts = [literals(interp, argument) if argument != NONE else (NONE,) for argument in arguments]
            return tuple(item for part in parts for item in part) if all(parts) else ()
        case Class():
            return tuple(members(type_))
        case _:
            return ()


SWITCHES = (NONE, Const(value=False), Const(value=True))
"""Defaults that leave something out or switch it: they are there for those who say otherwise."""


def members(cls: Class) -> list[EnumMember]:
    """The members of an enumeration, in order; none for other classes."""
    if not is_enum(cls):
        return []
    return [value for value in cls.content.values() if isinstance(value, EnumMember)]


def is_enum(cls: Class) -> bool:
    """Whether the class is an enumeration."""
    return any(path in ENUM_BASES for path in cls.libraries())


ENUM_BASES = frozenset({"enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag", "enum.IntFlag"})


def is_named_tuple(cls: Class) -> bool:
    """Whether objects of the class are tuples of its fields."""
    return any(path.rpartition(".")[2] == "NamedTuple" for path in cls.libraries())


def part_type(interp: Interpreter, type_: Value | None, key: str) -> Value | None:
    """The type of the field or attribute `key` of a value of `type_`."""
    match bare(type_):
        case Class() as cls if key == "value" and (listed := members(cls)):
            return Generic(ExternalName("typing.Literal"), tuple(member.value for member in listed))
        case Class() as cls:
            declared = cls.declared().get(key)
            return (
                annotation(interp, declared.annotation, declared.scope, declared.location.module) if declared else None
            )
        case Generic(base=base, arguments=(_, inner)) if name_of(base) in MAPPINGS:
            return inner
        case Generic(base=Class() as cls):
            return part_type(interp, cls, key)
        case _:
            return None


def element_type(type_: Value | None) -> Value | None:
    """The type of the elements of a list, set or tuple type."""
    match bare(type_):
        case Generic(base=base, arguments=(inner, *_)) if name_of(base) in SEQUENCES:
            return inner
        case _:
            return None


def is_whole(cls: Class) -> bool:
    """Whether everything that the class inherits is in the source, or is known to add nothing."""
    plain = all(path.rpartition(".")[2] in PLAIN_BASES for path in cls.libraries())
    return plain and all(
        isinstance(base, Class | ExternalName | Generic) for each in cls.lineage() for base in each.bases
    )


PLAIN_BASES = frozenset({"object", "ABC", "Generic", "Protocol"})

KINDS: dict[str, tuple[type, ...]] = {
    "builtins.str": (str,),
    "builtins.int": (int,),
    "builtins.float": (float,),
    "builtins.bool": (bool,),
    "types.NoneType": (type(None),),
}
"""What a constant must be to be an instance of a type of Python's own."""

CONTAINERS = frozenset({"builtins.list", "builtins.tuple", "builtins.set", "builtins.dict"})


def instance_of(value: Value, wanted: Value, library: LibraryModel) -> bool | None:
    """`isinstance(value, wanted)` for one alternative of the value; None where it is not known."""
    match wanted:
        case Sequence(content=items) if wanted.closed:
            return _any_of([instance_of(value, item, library) for item in items])
        case Generic(base=base, arguments=arguments) if name_of(base) in UNIONS:
            return _any_of([instance_of(value, item, library) for item in arguments])
        case Class() | ExternalName() if (
            isinstance(value, TrackedValue) and value.root.precise and not value.access_path
        ):
            return _of_exactly(value.root.type, wanted, library)
        case Class():
            return _of_class(value, wanted)
        case ExternalName(path=path) if path in CONTAINERS | KINDS.keys():
            return _of_kind(value, path)
        case _:
            return None


def _of_exactly(type_: Value | None, wanted: Class | ExternalName, library: LibraryModel) -> bool | None:
    """Whether objects of a class, none of its heirs', are what is wanted; a library's class may have any ancestors."""
    match type_, wanted:
        case Class() as cls, Class():
            return wanted in cls.lineage()
        case Class() as cls, ExternalName(path=path):
            if any(isinstance(base, Unknown) for each in cls.lineage() for base in each.bases):
                return True if path in cls.libraries() else None
            parents = [each for each in cls.libraries() if each == path or each.rpartition(".")[2] not in PLAIN_BASES]
            return _any_of([library.inherits(each, path) for each in parents])
        case ExternalName(path=path), ExternalName(path=other):
            return library.inherits(path, other)
        case ExternalName(), Class():
            return False
        case _:
            return None


def _of_class(value: Value, wanted: Class) -> bool | None:
    match value:
        case Object(cls=Class() as cls):
            return True if wanted in cls.lineage() else (False if is_whole(cls) else None)
        case EnumMember(cls=cls):
            return wanted in cls.lineage()
        case Const() | Sequence() | Mapping():
            return False
        case _:
            return None


def _of_kind(value: Value, path: str) -> bool | None:
    match value:
        case Const(value=plain):
            return path in KINDS and isinstance(plain, KINDS[path])
        case Text():
            return path == "builtins.str"
        case Sequence(kind=kind):
            return path == f"builtins.{kind}"
        case Mapping():
            return path == "builtins.dict"
        case _:
            return None


def _any_of(outcomes: list[bool | None]) -> bool | None:
    if True in outcomes:
        return True
    return None if None in outcomes else False


def is_type(value: Value) -> bool:
    """Whether a value stands for a type, so that `|` makes a union of it."""
    match value:
        case Class() | Generic():
            return True
        case ExternalName(path=path):
            return not path.startswith("builtins.") or path.removeprefix("builtins.") in BUILTIN_TYPES
        case Const(value=None):
            return True
        case _:
            return False


BUILTIN_TYPES = frozenset({"str", "int", "float", "bool", "list", "dict", "tuple", "set", "bytes", "object", "type"})


def show(value: Value | None, depth: int = 4) -> str | None:
    """A type as people write it, short; None where it is not known."""
    match value:
        case None | Unknown():
            return None
        case Const(value=None):
            return "None"
        case Const(value=text):
            return repr(text)
        case EnumMember(cls=cls, name=name):
            return f"{cls.name}.{name}"
        case Generic(base=base, arguments=arguments) if name_of(base) in UNIONS:
            parts = [show(argument, depth - 1) or "?" for argument in arguments]
            return " | ".join([*parts, "None"] if name_of(base) == "Optional" else parts)
        case Generic(base=base, arguments=arguments) if name_of(base) in TRANSPARENT and arguments:
            return show(arguments[0], depth)
        case Generic(base=base, arguments=arguments) if depth:
            return f"{name_of(base)}[{', '.join(show(argument, depth - 1) or '?' for argument in arguments)}]"
        case ExternalName() | Class() | Generic():
            return name_of(value) or None
        case Mapping() | Object() | TrackedValue() | Text():
            return None
        case _:
            return None
