"""Classes of the source that inherit from a framework's: what they leave out and the framework cannot do without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from wflint.assembly.signatures import gives_nothing
from wflint.evaluate.class_values import Class
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Function, Object, Unknown, last_of
from wflint.model.fault import Fault, FaultKind
from wflint.model.span import Span
from wflint.source.code import Assign, Attribute, Call, Name
from wflint.source.walking import body_of, nodes_in

PREPARING = "__init__"


class Inherited(Struct, frozen=True, kw_only=True):
    """A class of a framework that people inherit from, by its paths; `kind` is what they call an object of it.

    `prepares` says what an object lacks whose own constructor leaves out that of the base; None where it lacks nothing.
    `fields` are those that it declares itself, where it takes no attribute that is not declared; None elsewhere.
    `methods` are those that a class has to have, `otherwise` what happens without one where it has none of those in
    `unless`; `giving` are methods that have to return something, with what that is.
    """

    base: tuple[str, ...]
    kind: str
    prepares: str | None = None
    call: str = "super().__init__()"
    fields: frozenset[str] | None = None
    methods: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    otherwise: str = ""
    giving: Mapping[str, str] = {}


def unfinished(interp: Interpreter, rows: tuple[Inherited, ...]) -> Iterator[Fault]:
    """Objects of classes that leave out the constructor of their base, or a method that they have to have."""
    by_base = {path: row for row in rows for path in row.base}
    judged: dict[int, tuple[Span, tuple[Fault, ...]]] = {}
    for made in interp.objects:
        if made.location is None or made.site.module.stub or made.cls is None or made.cls.module.stub:
            continue
        if id(made.cls) not in judged:
            judged[id(made.cls)] = made.site.span, tuple(_judged(made, made.cls, by_base.get(made.path or "")))
        first, faults = judged[id(made.cls)]
        yield from (replace(each, span=made.site.span) if each.span == first else each for each in faults)


def _judged(made: Object, cls: Class, row: Inherited | None) -> Iterator[Fault]:
    if row is None or len({last_of(base) for base in cls.libraries()}) != 1 or not _is_all_seen(cls):
        return
    yield from _not_prepared(made, cls, row)
    yield from _lacking(made, cls, row)
    yield from _undeclared(cls, row)
    yield from _giving_nothing(cls, row)


def _is_all_seen(cls: Class) -> bool:
    """Whether nothing adds to a class, or to one that it is made of, what cannot be seen."""
    lineage = list(cls.lineage())
    hidden = any(isinstance(base, Unknown) for one in lineage for base in one.bases)
    return not hidden and not any(one.unmodelled_decorators or one.keywords for one in lineage)


def _not_prepared(made: Object, cls: Class, row: Inherited) -> Iterator[Fault]:
    """An object of a class whose own constructor calls no other one."""
    own = cls.content.get(PREPARING)
    if row.prepares is None or not isinstance(own, Function) or len(list(cls.lineage())) > 1:
        return
    calls = [node.func for node in nodes_in(body_of(own.node)) if isinstance(node, Call)]
    prepares = any(isinstance(each, Attribute) and each.name == PREPARING for each in calls)
    if not prepares and not any(isinstance(each, Name) and each.id == "super" for each in calls):
        why = f"its `__init__` does not call `{row.call}`, so it has no {row.prepares}: it fails"
        yield Fault(FaultKind.REFUSED, f'{row.kind} "{cls.name}"', made.site.span, own.location.span, why)


def _lacking(made: Object, cls: Class, row: Inherited) -> Iterator[Fault]:
    """An object of a class without a method that the framework calls."""
    own = {name for one in cls.lineage() for name in one.content}
    missing = next((name for name in row.methods if name not in own), None)
    if missing is not None and own.isdisjoint(row.unless):
        subject = f'{row.kind} "{cls.name}" without `{missing}`'
        yield Fault(FaultKind.REFUSED, subject, made.site.span, cls.location.span, row.otherwise)


def _giving_nothing(cls: Class, row: Inherited) -> Iterator[Fault]:
    """A method that returns nothing where the framework goes on with what it returns."""
    for name, what in row.giving.items():
        own = cls.find(name)
        if isinstance(own, Function) and not own.module.stub and not own.unmodelled_decorators and gives_nothing(own):
            why = f"it has to be {what}: the run fails"
            subject = f'`{name}` of {row.kind} "{cls.name}", which returns nothing'
            yield Fault(FaultKind.REFUSED, subject, own.location.span, cls.location.span, why)


def _undeclared(cls: Class, row: Inherited) -> Iterator[Fault]:
    """An attribute that the constructor of a class sets and no class declares."""
    own = cls.find(PREPARING)
    if row.fields is None or not isinstance(own, Function) or not own.node.parameters:
        return
    me = own.node.parameters[0].name
    lineage = list(cls.lineage())
    known = {name for one in lineage for name in (*one.content, *one.declared())} | row.fields
    if not known.isdisjoint({"model_config", "Config", "__setattr__"}):
        return
    for node in nodes_in(body_of(own.node)):
        for target in node.targets if isinstance(node, Assign) else ():
            if not isinstance(target, Attribute) or not isinstance(target.value, Name) or target.value.id != me:
                continue
            if target.name not in known and not target.name.startswith("_"):
                why = f"it takes no attribute that its class does not declare: add `{target.name}: ...` to it"
                subject = f'setting "{target.name}" in {row.kind} "{cls.name}"'
                yield Fault(FaultKind.REFUSED, subject, own.module.span(node.at), cls.location.span, why)
                return
