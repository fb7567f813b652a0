"""Objects that code makes without a field that their class requires: making one raises."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from wflint.assembly.contracts.schemas import has_default, is_no_field, may_fill_in
from wflint.assembly.contracts.shapes import is_known
from wflint.evaluate.class_values import Class, FieldDecl
from wflint.evaluate.expressions.calls import path_of
from wflint.evaluate.values import Const, Object, Value, alternatives, last_of
from wflint.model.loss import Loss, LossKind
from wflint.model.span import Span
from wflint.source import code

DATACLASS = "dataclass"
ALIASES = ("alias", "validation_alias", "init", "alias_priority")
"""Settings of a field that let it be given under another name, or not at all."""
PLAIN = frozenset({"Generic", "ABC", "Protocol", "object"})


def lacking(made: Object, bases: frozenset[str]) -> tuple[str, ...]:
    """The required fields that an object is made without; `bases` are the library classes that require none."""
    cls, given = made.cls, made.arguments
    if not isinstance(cls, Class) or given.open or given.rest is not None or may_fill_in(cls) or _is_renewed(cls):
        return ()
    required = [declared for declared in _in_order(cls) if not has_default(declared)]
    names = {name for name, _ in given.keywords}
    if _is_dataclass(cls):
        names |= {declared.name for declared in _in_order(cls)[: len(given.positional)]}
    elif given.positional or not _is_model(cls, bases):
        return ()
    if any(_is_renamed(declared) for declared in cls.declared().values()):
        return ()
    return tuple(declared.name for declared in required if declared.name not in names)


def unfit(made: Object, bases: frozenset[str]) -> str | None:
    """A field of a model that is given a fixed value of another type, in words for people."""
    cls = made.cls
    if not isinstance(cls, Class) or may_fill_in(cls) or _is_renewed(cls) or not _is_model(cls, bases):
        return None
    declared, own = cls.declared(), {name for each in cls.lineage() for name in each.content}
    for name, value in made.arguments.keywords if SETTINGS.isdisjoint(own) else ():
        annotation = declared[name].annotation if name in declared else None
        type_ = annotation.id if isinstance(annotation, code.Name) else ""
        if isinstance(value, Const) and type_ in FITTING and not FITTING[type_](value.value):
            return f'{value.value!r} as "{name}", which is {"an" if type_ == "int" else "a"} {type_}'
    return None


def _is_whole(value: object) -> bool:
    return _is_number(value) and float(str(value)).is_integer() if not isinstance(value, bool) else True


def _is_number(value: object) -> bool:
    try:
        return isinstance(value, str | int | float) and float(value) is not None
    except ValueError:
        return False


SETTINGS = frozenset({"model_config", "Config"})
FITTING: Mapping[str, Callable[[object], bool]] = {
    "int": _is_whole,
    "float": _is_number,
    "str": lambda value: isinstance(value, str),
}
"""Which fixed values a model takes for a field of a plain type."""


def lacking_fields(step: str, handed_on: Iterable[Value | None], bases: frozenset[str]) -> Iterator[Loss]:
    """What a step's code makes to hand on and cannot, each place once."""
    seen: set[Span] = set()
    for one in objects_in(handed_on):
        names = lacking(one, bases)
        if names and one.location is not None and one.site.span not in seen and isinstance(one.cls, Class):
            seen.add(one.site.span)
            what = " and ".join(f'"{name}"' for name in names)
            reason = f"makes {one.cls.name} without {what}, which the class requires: the step fails there"
            give = "give it a value, or a default in the class"
            yield Loss(LossKind.PAYLOAD, f'step "{step}"', one.site.span, reason, give, one.cls.location.span, step)
        wrong = unfit(one, bases) if not names else None
        if wrong is not None and one.location is not None and one.site.span not in seen and isinstance(one.cls, Class):
            seen.add(one.site.span)
            reason = f"makes {one.cls.name} with {wrong}: the step fails there"
            give = "give it a value of that type, or declare another one"
            yield Loss(LossKind.PAYLOAD, f'step "{step}"', one.site.span, reason, give, one.cls.location.span, step)


def _is_renewed(cls: Class) -> bool:
    """Whether a module sets the name of a class again, as notebooks do: code may have meant an earlier one."""
    return cls.name in cls.module.scope.rebound


def objects_in(values: Iterable[Value | None]) -> Iterator[Object]:
    """The objects that some values may be."""
    for value in values:
        yield from (one for one in ([] if value is None else alternatives(value)) if isinstance(one, Object))


def _in_order(cls: Class) -> list[FieldDecl]:
    return [one for one in cls.declared().values() if not one.name.startswith("_") and not is_no_field(one)]


def _is_dataclass(cls: Class) -> bool:
    """Whether a class and all that it is made from are dataclasses of the source."""
    marks = [_marks(ancestor) for ancestor in cls.lineage() if ancestor.declared()]
    plain = {last_of(path) for path in cls.libraries()} <= PLAIN | {"BaseNode"}
    return bool(marks) and all(DATACLASS in each for each in marks) and plain


def _marks(cls: Class) -> set[str]:
    return {last_of(path_of(mark)) for mark in cls.unmodelled_decorators}


def _is_model(cls: Class, bases: frozenset[str]) -> bool:
    """Whether all that a class is made from is known, and checks its fields."""
    return is_known(cls) and {last_of(path) for path in cls.libraries()} <= bases | PLAIN | {"BaseModel"}


def _is_renamed(declared: FieldDecl) -> bool:
    default = declared.default
    return isinstance(default, Object) and any(default.arguments.get(name) is not None for name in ALIASES)
