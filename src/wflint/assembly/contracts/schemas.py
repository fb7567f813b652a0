"""Classes as contracts: the fields of a state, an input, an output."""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from wflint.assembly.contracts.checks import is_validating
from wflint.assembly.contracts.shapes import is_known, shape_of
from wflint.assembly.recording import once
from wflint.evaluate.class_values import Class, FieldDecl
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import UNIONS, annotation, bare, name_of, show, unannotated
from wflint.evaluate.values import (
    NONE,
    Bound,
    Const,
    ExternalName,
    Function,
    Generic,
    Location,
    Mapping,
    Object,
    Sequence,
    Text,
    Value,
    last_of,
)
from wflint.model.contract import Field, Outcome, Schema
from wflint.model.docstrings import read_docstring
from wflint.source import code
from wflint.source.walking import body_of, nodes_in

MAPPINGS = frozenset({"TypedDict"})
MODELS = frozenset({"BaseModel", "RootModel", "NamedTuple", "Protocol", "Generic", "ABC", "object", "Mapping"})
STRICT = frozenset({"BaseModel", "RootModel", "NamedTuple"})
"""Base classes of objects that take no attributes but their own."""
EMPTY_TYPES = frozenset(
    {
        "list", "List", "dict", "Dict", "set", "Set", "str", "int", "float", "bool", "Sequence", "tuple", "Tuple",
        "Mapping", "Iterable", "frozenset",
    }
)  # fmt: skip
"""Types whose empty value a reducer can start from."""


def schema_of(interp: Interpreter, value: Value | None, used: Location) -> Schema | None:
    """The schema that a class stands for; open where a base class is not in the source; None for other values.

    What a library declares is shown at `used`, the place that names the class.
    """
    cls = bare(value)
    if isinstance(cls, Generic):
        cls = cls.base
    if not isinstance(cls, Class):
        return None
    shown = used if cls.location.module.stub else cls.location
    return once(interp, (schema_of, cls, shown), partial(_schema, interp, cls, shown))


def _schema(interp: Interpreter, cls: Class, shown: Location) -> Schema:
    bases = [path.rpartition(".")[2] for path in cls.libraries()]
    known = MAPPINGS | MODELS
    declarations = [declared for declared in cls.declared().values() if not is_no_field(declared)]
    fields = tuple(_documented(_field(interp, declared, shown), cls) for declared in declarations)
    mapping = any(base in MAPPINGS for base in bases)
    if mapping or may_fill_in(cls):
        fields = tuple(replace(field, unset=False, empty=False) for field in fields)
    closed = all(base in known for base in bases) and is_known(cls)
    if mapping:  # a value in the body of a `TypedDict` is nobody's default
        fields = tuple(replace(field, preset=field.preset and field.reducer is not None) for field in fields)
    return Schema(
        cls.name,
        fields,
        shown.span,
        closed,
        mapping,
        on_undeclared_write=_stray(bases),
        validates=is_validating(cls),
        precise=closed and bool(fields) and not cls.module.stub and (mapping or _is_plain(cls)),
    )


READING = frozenset({"__getitem__", "__getattr__", "__getattribute__", "get"})
"""Methods by which a class decides itself how it is read."""


def _is_plain(cls: Class) -> bool:
    """Whether objects have the attributes that are declared and no others, and are read in no other way."""
    shape, declared = shape_of(cls), cls.declared()
    held = {name: value for each in cls.lineage() for name, value in each.content.items() if isinstance(name, str)}
    named = {name for name in held if name not in declared and not name.startswith("__") and name != "model_config"}
    attributes = {name for name in named if not isinstance(held[name], Function)}
    return shape is not None and shape.closed and not attributes and held.keys().isdisjoint(READING)


def _stray(bases: list[str]) -> Outcome:
    """What becomes of an attribute that is set although the class does not declare it."""
    if any(base in MAPPINGS for base in bases):
        return Outcome.LOST
    return Outcome.FAILS if any(base in STRICT for base in bases) else Outcome.KEPT


def is_no_field(declared: FieldDecl) -> bool:
    """Whether a name is one of the class, and no field of its objects."""
    return declared.is_class_var or declared.name.startswith("__") or declared.name == "model_config"


def _field(interp: Interpreter, declared: FieldDecl, shown: Location) -> Field:
    type_ = annotation(interp, declared.annotation, declared.scope, declared.location.module)
    reducer = reducer_of(type_)
    inner = bare(type_)
    preset = has_default(declared) or (reducer is not None and _starts_empty(type_))
    location = shown if declared.location.module.stub else declared.location
    description = _description(type_, declared)
    unset = is_none_by_default(declared) and reducer is None
    return Field(
        declared.name,
        location.span,
        show(type_),
        reducer,
        preset,
        description,
        shape_of(inner, interp),
        unset,
        _keeps_last(type_),
        empty=reducer is None and _default(declared) in (NONE, Const("")),
    )


def _documented(field: Field, cls: Class) -> Field:
    """The field, described as the docstring of its class has it where its declaration does not say what it is."""
    if field.description:
        return field
    told = (read_docstring(ancestor.node.doc).about(field.name) for ancestor in cls.lineage() if ancestor.node.doc)
    return replace(field, description=next(filter(None, told), ""))


def _starts_empty(type_: Value | None) -> bool:
    """Whether a reducer finds an empty value to start from; a type that is not known is taken to have one.

    A union is no type that can be called to make one.
    """
    inner = unannotated(type_)
    match inner:
        case None:
            return True
        case Generic(base=base) if name_of(base) in UNIONS:
            return False
        case Class():
            return _is_made_empty(inner)
        case _:
            return name_of(inner) in EMPTY_TYPES | {""}


def _is_made_empty(cls: Class) -> bool:
    """Whether a class makes a value of nothing: a `TypedDict` an empty dict, others one of defaults."""
    if any(base.rpartition(".")[2] in MAPPINGS for base in cls.libraries()):
        return True
    return all(map(has_default, cls.declared().values()))


def reducer_of(type_: Value | None) -> str | None:
    """The name of the function that an `Annotated` type merges writes with: its last item, if that can be called."""
    match type_:
        case Generic(base=base, arguments=(_, *metadata)) if name_of(base) == "Annotated":
            names = (name for item in metadata if (name := reducer_name(item)) is not None)
            return None if metadata and is_inert(metadata[-1]) else next(names, None)
        case Generic(base=base, arguments=(inner, *_)) if name_of(base) in ("Required", "NotRequired", "ReadOnly"):
            return reducer_of(inner)
        case _:
            return None


def _keeps_last(type_: Value | None) -> bool:
    """Whether the function that an `Annotated` type merges writes with never looks at what was there."""
    match type_:
        case Generic(base=base, arguments=(_, *_, Function(node=node))) if name_of(base) == "Annotated":
            first = node.parameters[0].name if node.parameters else ""
            names = {each.id for each in nodes_in(body_of(node)) if isinstance(each, code.Name)}
            return len(node.parameters) == BOTH and first not in names and node.parameters[1].name in names
        case Generic(base=base, arguments=(inner, *_)) if name_of(base) in ("Required", "NotRequired", "ReadOnly"):
            return _keeps_last(inner)
        case _:
            return False


BOTH = 2
"""A reducer is given what was there and what is new."""
INERT = frozenset({"Field", "Doc"})
"""Classes of what describes a field; its objects cannot be called."""


def is_inert(value: Value) -> bool:
    """Whether something in `Annotated` merges nothing: only the last item is asked, and this cannot be called."""
    if isinstance(value, Object):
        return last_of(value.path) in INERT
    return isinstance(value, Const | Text | Mapping | Sequence)


def reducer_name(value: Value) -> str | None:
    """The name of a function in `Annotated`, None for anything else."""
    match value:
        case Function(name=name):
            return name
        case Bound(function=function):
            return reducer_name(function)
        case ExternalName(path=path) if path.rpartition(".")[2][:1].islower():
            return path.rpartition(".")[2]
        case Object(path=str(path)) if path.rpartition(".")[2][:1].islower():
            return path.rpartition(".")[2]
        case _:
            return None


FILLING = frozenset({"__init__", "__new__", "__post_init__", "model_post_init", "__getattr__", "__getattribute__"})
"""Methods by which a class fills in, or makes up, attributes of its own."""


def may_fill_in(cls: Class) -> bool:
    """Whether a class may set fields when an object is made, as validators do as well."""
    held = [(name, value) for each in cls.lineage() for name, value in each.content.items()]
    methods = [value for _, value in held if isinstance(value, Function)]
    return any(name in FILLING for name, _ in held) or any(method.unmodelled_decorators for method in methods)


def is_none_by_default(declared: FieldDecl) -> bool:
    """Whether the default of a field is None, be it inside `Field(default=None)`."""
    return _default(declared) == NONE


def _default(declared: FieldDecl) -> Value | None:
    default = declared.default
    if isinstance(default, Object) and last_of(default.path) in ("Field", "field"):
        return default.arguments.get("default", 0)
    return default


def has_default(declared: FieldDecl) -> bool:
    """Whether an object may be made without the field."""
    default = declared.default
    if default is None:
        return False
    if isinstance(default, Object) and (default.path or "").rpartition(".")[2] in ("Field", "field"):
        arguments = default.arguments
        first = arguments.get("default", 0)
        given = isinstance(first, Const) or (first is not None and not _is_ellipsis(first))
        return given or arguments.get("default_factory") is not None
    return True


def _is_ellipsis(value: Value) -> bool:
    from wflint.evaluate.values import Unknown

    return isinstance(value, Unknown)


def _description(type_: Value | None, declared: FieldDecl) -> str:
    if isinstance(declared.default, Object):
        text = declared.default.arguments.get("description")
        if isinstance(text, Const) and isinstance(text.value, str):
            return text.value
    if isinstance(type_, Generic) and name_of(type_.base) == "Annotated":
        for item in type_.arguments[1:]:
            if isinstance(item, Const) and isinstance(item.value, str):
                return item.value
    return ""


def union_of(schemas: list[Schema], name: str) -> Schema | None:
    """One schema with the fields of several; of two declarations of a field, the one with a reducer counts."""
    if not schemas:
        return None
    fields: dict[str, Field] = {}
    for schema in {id(schema): schema for schema in schemas}.values():
        for field in schema.fields:
            old = fields.get(field.name)
            if old is None or (old.reducer is None and field.reducer is not None):
                fields[field.name] = field
    closed = all(schema.closed for schema in schemas)
    first = schemas[0]
    return Schema(name, tuple(fields.values()), first.span, closed, first.mapping, validates=first.validates)
