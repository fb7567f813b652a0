"""What values of a class are made of, where the class says it in full: models, dataclasses, named tuples."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, element_type, part_type
from wflint.evaluate.values import (
    OTHER_KEYS,
    Const,
    ExternalName,
    Generic,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    TrackedValue,
    Value,
    alternatives,
)
from wflint.model.contract import Shape

CLOSED_BASES = frozenset({"BaseModel", "NamedTuple", "ABC", "Generic", "Protocol", "object"})
"""Libraries' base classes that add nothing but the members below."""
DATA = frozenset({"BaseModel", "NamedTuple"})
"""Base classes whose annotated names are all that their values hold."""
OPENING = frozenset({"__getattr__", "__getattribute__", "__init__", "__post_init__", "__slots__", "__new__", "Config"})
"""Members that may give values more than is annotated."""
PLAIN = frozenset(name for kind in (object, tuple) for name in dir(kind))
MODEL = frozenset(
    [
        "dict", "json", "copy", "schema", "schema_json", "parse_obj", "parse_raw", "parse_file", "from_orm",
        "construct", "validate",
        "model_fields", "model_fields_set", "model_extra", "model_computed_fields", "model_config",
    ]
) | frozenset(["_asdict", "_replace", "_fields", "update_forward_refs"])  # fmt: skip


class LibraryBase(Struct, frozen=True):
    """A base class of a library that adds `members`, and nothing else, to the objects of those who inherit from it.

    `holds_data` is true where annotated names are fields of its own accord.
    """

    name: str
    members: frozenset[str]
    holds_data: bool = False


NO_BASE = LibraryBase("object", frozenset())


def shape_of(type_: Value | None, interp: Interpreter | None = None, base: LibraryBase = NO_BASE) -> Shape | None:
    """The shape of a type, or of the elements of a collection type; None where it is no class of the source.

    With an interpreter, which knows all classes and what annotations mean, it holds the shapes of its parts, and a
    class that others inherit from is not closed.
    """
    return _shape_within(type_, interp, base, ())


def _shape_within(
    type_: Value | None, interp: Interpreter | None, base: LibraryBase, around: tuple[Class, ...]
) -> Shape | None:
    """The shape of the type of a part of parts; no class is looked at again inside itself."""
    cls, element = _class(type_), _class(element_type(type_))
    whole = cls or element
    if whole is None or whole in around:
        return None
    shape = replace(_shape(whole, base), of_elements=cls is None)
    if interp is not None and whole.has_heirs:
        shape = replace(shape, closed=False)
    if interp is None or not shape.closed or len(around) >= DEEPEST_CLASS:
        return shape
    way = (*around, whole)
    inner = ((name, _shape_within(part_type(interp, whole, name), interp, NO_BASE, way)) for name in shape.parts)
    return replace(shape, inner=tuple((name, part) for name, part in inner if part is not None))


def _class(type_: Value | None) -> Class | None:
    inner = bare(type_)
    if isinstance(inner, Generic) and isinstance(inner.base, Class):
        inner = inner.base
    return inner if isinstance(inner, Class) else None


def _shape(cls: Class, base: LibraryBase) -> Shape:
    named = {name for each in cls.lineage() for name in each.content if isinstance(name, str)}
    parts = tuple(cls.declared())
    members = tuple(sorted((named | MODEL | PLAIN | base.members) - set(parts)))
    shape = Shape(cls.name, parts, members, cls.location.span, _is_closed(cls, named, base))
    bases = {path.rpartition(".")[2] for path in cls.libraries()}
    if "TypedDict" in bases:
        return replace(shape, members=DICT, closed=_is_typed_dict(cls, bases), keyed=True)
    return replace(shape, indexable="__getitem__" in named | base.members or "NamedTuple" in bases)


DICT = tuple(sorted(dir(dict)))
"""What every dict has as an attribute."""
DEEPEST = 4
"""So deep are dicts within dicts looked at."""
DEEPEST_CLASS = 2
"""So deep are classes within classes looked at."""


def _is_typed_dict(cls: Class, bases: set[str]) -> bool:
    known = all(isinstance(base, Class | ExternalName | Generic) for each in cls.lineage() for base in each.bases)
    return known and bases <= {"TypedDict", "Generic"} and bool(cls.declared())


def made_shape(interp: Interpreter, value: Value) -> Shape | None:
    """What a value that code makes is made of."""
    match value:
        case Mapping() | Sequence():
            return shape_of_value(value)
        case Object(cls=cls):
            return shape_of(cls, interp)
        case TrackedValue(type=type_):
            return shape_of(type_, interp)
        case _:
            return None


def returned_shape(interp: Interpreter, summary: FunctionSummary) -> Shape | None:
    """What code returns, where all of its returns are alike and seen."""
    shapes = {made_shape(interp, site.value) for site in summary.returns} if summary.complete else set()
    return shapes.pop() if len(shapes) == 1 else None


def shape_of_any(values: Iterable[Value]) -> Shape | None:
    """The shape of dicts that are all written out: the keys that any of them has."""
    shapes = [shape_of_value(option) for value in values for option in alternatives(value)]
    known = [shape for shape in shapes if shape is not None and shape.keyed and shape.closed and not shape.of_elements]
    if not shapes or len(known) < len(shapes):
        return None
    first, *others = known
    parts = tuple(dict.fromkeys(part for shape in known for part in shape.parts))
    return replace(first, parts=parts, inner=()) if others else first


def shape_of_value(value: Value, depth: int = DEEPEST) -> Shape | None:
    """The shape of a dict that is written out, or of a list of such dicts."""
    match value:
        case Mapping(content=content) if depth and all(isinstance(key, str) for key in content):
            return _shape_of_dict(value, depth)
        case Sequence(content=items, closed=True) if depth and items:
            inner = [item.value if isinstance(item, RepeatedElement) else item for item in items]
            shapes = {shape_of_value(item, depth - 1) for item in inner}
            only = shapes.pop() if len(shapes) == 1 else None
            return replace(only, of_elements=True) if only is not None and not only.of_elements else None
        case _:
            return None


def _shape_of_dict(value: Mapping, depth: int) -> Shape | None:
    if value.location is None or value.default_factory is not None:
        return None
    names = tuple(key for key in value.content if isinstance(key, str) and key != OTHER_KEYS)
    inner = ((name, shape_of_value(value.content[name], depth - 1)) for name in names)
    known = tuple((name, shape) for name, shape in inner if shape is not None)
    return Shape("a dict", names, DICT, value.location.span, value.closed, keyed=True, inner=known)


def as_dicts(shape: Shape) -> Shape:
    """The shape of the dict that an object is written out as, with all that is in it."""
    inner = tuple((name, as_dicts(held)) for name, held in shape.inner)
    return replace(shape, members=DICT, keyed=True, indexable=False, inner=inner)


def _is_closed(cls: Class, named: set[str], known_base: LibraryBase) -> bool:
    """Whether annotations tell everything that values have."""
    bases = {path.rpartition(".")[2] for path in cls.libraries()}
    holds_data = (
        bool(bases & DATA)
        or (known_base.holds_data and known_base.name in bases)
        or any(_is_dataclass(mark) for mark in cls.unmodelled_decorators)
    )
    plain = bases <= CLOSED_BASES | {known_base.name} and not named & OPENING and not cls.module.stub
    return is_known(cls) and holds_data and plain and not any(_lets_more_in(each) for each in cls.lineage())


def is_known(cls: Class) -> bool:
    """Whether all that a class is made from is known by name."""
    return all(isinstance(base, Class | ExternalName | Generic) for each in cls.lineage() for base in each.bases)


def _is_dataclass(mark: Value) -> bool:
    path = mark.path if isinstance(mark, ExternalName | Object) else None
    return path is not None and path.rpartition(".")[2] == "dataclass"


def _lets_more_in(cls: Class) -> bool:
    """Whether a model keeps fields that it does not declare."""
    match cls.keywords.get("extra"), cls.content.get("model_config"):
        case None, None:
            return False
        case None, Object(arguments=arguments):
            return arguments.open or arguments.get("extra") not in (None, Const("forbid"), Const("ignore"))
        case None, Mapping(content=content):
            return content.get("extra") not in (None, Const("forbid"), Const("ignore"))
        case _:
            return True
