"""Classes: building them, making their objects, decorators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wflint.evaluate.class_values import Class, FieldDecl
from wflint.evaluate.types import SWITCHES, annotation, is_enum, literals
from wflint.evaluate.values import (
    NONE,
    OTHER_KEYS,
    Arguments,
    Binding,
    Bound,
    Const,
    EnumMember,
    ExternalAttribute,
    Function,
    InputSource,
    Location,
    Mapping,
    Object,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    join,
)

if TYPE_CHECKING:
    from wflint.evaluate.interpreter import Interpreter
    from wflint.evaluate.scope import Scope
    from wflint.source.code import ClassDef


def build_class(interp: Interpreter, node: ClassDef, scope: Scope) -> Value:
    """The class that a `class` statement makes, its decorators applied."""
    bases = tuple(interp.evaluate(base, scope) for base in node.bases)
    keywords = {k.name: interp.evaluate(k.value, scope) for k in node.keywords if k.name is not None}
    inner = interp.scope_under(scope, "class")
    cls = Class(interp.heap.tick(), node.name, node, interp.module, inner, tuple(_base(b) for b in bases), keywords)
    if not interp.module.stub:
        interp.classes.append(cls)
        for ancestor in list(cls.lineage())[1:]:
            ancestor.has_heirs = True
    interp.run(node.body, inner)
    for name, value in list(inner.content.items()):
        for option in alternatives(value):
            if isinstance(option, Function) and option.owner is None and option.scope is inner:
                option.owner = cls
        if is_enum(cls) and isinstance(name, str) and not name.startswith("_") and not isinstance(value, Function):
            inner.content[name] = EnumMember(cls, name, _member_value(cls, name, value))
    _tell_parents(interp, cls)
    made: Value = cls
    for decorator in reversed(node.decorators):
        made = decorated(interp, interp.evaluate(decorator, scope), made, interp.location(decorator.at))
    return made


def _tell_parents(interp: Interpreter, cls: Class) -> None:
    """`__init_subclass__` of the nearest parent that has one."""
    parents = list(cls.lineage())[1:]
    found = next((p.content["__init_subclass__"] for p in parents if "__init_subclass__" in p.content), None)
    if isinstance(found, Function):
        keywords = tuple((name, value) for name, value in cls.keywords.items() if name != "metaclass")
        interp.call(Bound(found, cls), Arguments((), keywords), cls.location)


def _base(value: Value) -> Value:
    """A base class; of several possible ones (`try: import`), the first that is a class."""
    options = [option for option in alternatives(value) if option != NONE]
    return options[0] if options else value


def _member_value(cls: Class, name: str, value: Value) -> Value:
    """`auto()` numbers members from 1, or names them after themselves in a `StrEnum`."""
    if not (isinstance(value, Object) and value.path == "enum.auto"):
        return value
    if "enum.StrEnum" in cls.libraries():
        return Const(name.lower())
    return Const(1 + sum(isinstance(other, EnumMember) for other in cls.content.values()))


def decorated(interp: Interpreter, decorator: Value, target: Value, location: Location) -> Value:
    """`@decorator` above `target`. Decorators of libraries nobody has a handler for leave it as it is."""
    from wflint.evaluate.expressions.calls import path_of
    from wflint.evaluate.python.callables import REMEMBERING, remembering

    if (
        isinstance(decorator, ExternalAttribute)
        and isinstance(decorator.receiver, Function)
        and isinstance(target, Function)
    ):
        return _accessor(decorator.receiver, decorator.name, target)
    path = path_of(decorator)
    last = path.rpartition(".")[2]
    if path in REMEMBERING:
        return remembering(interp, Arguments((target,)), location) if isinstance(target, Function) else target
    if isinstance(target, Function) and last in BINDINGS:
        target.binding = BINDINGS[last]
        return target
    if is_modelled(interp, decorator) or _is_own(decorator):
        result = interp.call(decorator, Arguments((target,)), location)
        return target if isinstance(result, Unknown) or result == NONE else result
    if isinstance(target, Function | Class):
        target.unmodelled_decorators = (*target.unmodelled_decorators, decorator)
    return target


def is_modelled(interp: Interpreter, decorator: Value) -> bool:
    """Whether a front end says what a decorator does."""
    from wflint.evaluate.expressions.calls import path_of

    if isinstance(decorator, Object) and f"{decorator.path}.__call__" in interp.library_model.calls:
        return True
    return path_of(decorator) in interp.library_model.calls


def _is_own(decorator: Value) -> bool:
    """Whether a decorator is code of the source, or passes the function on to code that is."""
    return isinstance(decorator, Function | Bound | Class) or (
        isinstance(decorator, Object) and (decorator.cls is not None or decorator.path == "functools.wraps")
    )


def _accessor(prop: Function, kind: str, target: Function) -> Value:
    """`@name.setter` above the function that sets the property `name`."""
    if prop.binding != "property":
        return target
    if kind == "setter":
        prop.setter = target
    return prop


BINDINGS: dict[str, Binding] = {
    "staticmethod": "static",
    "classmethod": "class",
    "property": "property",
    "cached_property": "cached",
}


def instantiate(interp: Interpreter, cls: Class, arguments: Arguments, location: Location) -> Value:
    """An object of a class of the source."""
    if is_enum(cls):
        return _member_by_value(interp, cls, arguments)
    interp.instantiated.add(cls)
    if _is_typed_dict(cls):
        return _typed_dict(interp, cls, arguments, location)
    creator = cls.find("__new__")
    if not isinstance(creator, Function):
        return _begun(interp, bare_object(interp, cls, arguments, location), cls, arguments, location)
    made = interp.call(creator, arguments.after(cls), location)
    for option in alternatives(made):
        if isinstance(option, Object) and option.cls is cls:
            _begun(interp, option, cls, arguments, location)
    return made


def bare_object(interp: Interpreter, cls: Class, arguments: Arguments, location: Location) -> Object:
    """An object of which nothing is set yet."""
    path = next(
        (p for p in map(interp.library_model.canonical, cls.libraries()) if p in interp.library_model.calls), None
    )
    made = interp.object_of(path, arguments, location, cls)
    interp.instances.setdefault(cls, []).append(made)
    interp.memory.unrepeatable += 1
    return made


def bare_objects(interp: Interpreter, arguments: Arguments, location: Location) -> Value:
    """`object.__new__(cls)`."""
    classes = alternatives(arguments.positional[0]) if arguments.positional else ()
    unknown = Unknown("an object of an unknown class", location)
    rest = arguments.without(1)
    return join(
        *(bare_object(interp, c, rest, location) if isinstance(c, Class) else unknown for c in classes or (NONE,))
    )


def _begun(interp: Interpreter, made: Object, cls: Class, arguments: Arguments, location: Location) -> Object:
    """An object after its class has set it up."""
    from wflint.evaluate.expressions.calls import begin

    maker = cls.find("__init__")
    if isinstance(maker, Function):
        interp.call(Bound(maker, made), arguments, location)
    else:
        if cls.declared():
            _fill(interp, cls, arguments, made)
        begin(interp, made, location)
    after = cls.find("__post_init__") or cls.find("model_post_init")
    if isinstance(after, Function):
        interp.call(Bound(after, made), Arguments(), location)
    return made


def _member_by_value(interp: Interpreter, cls: Class, arguments: Arguments) -> Value:
    """`Color("red")` is a member of the enumeration."""
    wanted = arguments.get("value", 0)
    members = [m for m in cls.content.values() if isinstance(m, EnumMember)]
    known = interp.possibilities(wanted) if wanted is not None else ()
    found = [m for m in members if m.value in known or m in known]
    return join(*(found or members)) if members else Unknown("a member of an enumeration")


def _is_typed_dict(cls: Class) -> bool:
    return any(path.rpartition(".")[2] == "TypedDict" for path in cls.libraries())


def _typed_dict(interp: Interpreter, _cls: Class, arguments: Arguments, location: Location) -> Mapping:
    from wflint.evaluate.python.entries import spread_into

    made = interp.dict_of(location)
    for value in arguments.positional:
        spread_into(made, value, location)
    made.content.update(arguments.keywords)
    made.locations.update({name: location for name, _ in arguments.keywords})
    if arguments.open:
        made.content[OTHER_KEYS] = Unknown("unknown keyword arguments", location)
    return made


def _fill(interp: Interpreter, cls: Class, arguments: Arguments, made: Object) -> None:
    """A dataclass, model or named tuple: its fields from the arguments, or from their defaults."""
    fields = {name: declared for name, declared in cls.declared().items() if not declared.is_class_var}
    from_environment = not ENVIRONMENT.isdisjoint(cls.libraries())
    for position, (name, declared) in enumerate(fields.items()):
        given = arguments.get(name, position)
        if given is not None:
            made.content[name] = given
        elif declared.default is not None and not arguments.open:
            default = default_of(interp, declared.default, declared.location)
            others = _others(interp, name, declared, default) if from_environment else ()
            made.content[name] = join(default, *others)
        elif name not in cls.content or arguments.open:
            made.content[name] = _of_field(interp, name, declared)


ENVIRONMENT = frozenset({"pydantic_settings.BaseSettings", "pydantic.BaseSettings", "pydantic.v1.BaseSettings"})
"""Whose fields the environment sets, whatever the code says."""


def _others(interp: Interpreter, name: str, declared: FieldDecl, default: Value) -> tuple[Value, ...]:
    """What the environment may say instead of a default, as a caller that is not seen may of a parameter's."""
    other = _of_field(interp, name, declared)
    return (other,) if default in SWITCHES else literals(interp, other.type)


def _of_field(interp: Interpreter, name: str, declared: FieldDecl) -> TrackedValue:
    type_ = annotation(interp, declared.annotation, declared.scope, declared.location.module)
    return TrackedValue(InputSource(f"field {name}", type_), (), type_)


def default_of(interp: Interpreter, default: Value, location: Location) -> Value:
    """What a field gets by default: of `field(...)` and `Field(...)`, the default they are given."""
    if not isinstance(default, Object) or (default.path or "").rpartition(".")[2] not in ("field", "Field"):
        return default
    factory = default.arguments.get("default_factory") or default.arguments.get("factory")
    if factory is not None:
        return interp.call(factory, Arguments(), location)
    plain = default.arguments.get("default", 0 if default.path and default.path.endswith("Field") else None)
    return plain if plain is not None else Unknown("a field without a default")


def has_behaviour(cls: Class) -> bool:
    """Whether the class does something, rather than only holding data."""
    if _is_typed_dict(cls) or is_enum(cls):
        return False
    return any(
        isinstance(value, Function) and not (isinstance(name, str) and name.startswith("__") and name != "__init__")
        for ancestor in cls.lineage()
        for name, value in ancestor.content.items()
    )
