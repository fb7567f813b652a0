"""From what a step's code was seen to do to its needs and offers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct, field
from msgspec.structs import replace

from wflint.assembly.contracts.checks import form_of
from wflint.assembly.contracts.fixed_numbers import fixed_number
from wflint.assembly.contracts.labels import labels_of, labels_of_parts
from wflint.assembly.contracts.origins import origins_in
from wflint.assembly.contracts.output_formats import expected_formats, field_read
from wflint.assembly.contracts.parts import part_named, parts_read
from wflint.assembly.contracts.shapes import made_shape
from wflint.assembly.contracts.stand_ins import READS, StandIns
from wflint.assembly.function_summary import FunctionSummary
from wflint.evaluate.answers import transitive_dependencies
from wflint.evaluate.class_values import Class
from wflint.evaluate.events import Access
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.types import bare, part_type, show
from wflint.evaluate.values import (
    NONE,
    OTHER_KEYS,
    Const,
    InputSource,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Unknown,
    Value,
    alternatives,
    possibly_unbound,
)
from wflint.model.conduct import BadReturn
from wflint.model.contract import Certainty, Need, Offer, Origin, Shape
from wflint.model.span import Span


def certainty(certain: bool) -> Certainty:  # noqa: FBT001 - a conversion
    """The certainty of something that is certain or not."""
    return Certainty.CERTAIN if certain else Certainty.POSSIBLE


def read_set(summary: FunctionSummary, interp: Interpreter) -> tuple[Need, ...]:
    """The fields that the code reads before it sets them itself, in order of their first use."""
    by_field: dict[str, list[Access]] = {}
    written: set[str] = set()
    for access in summary.accesses:
        if access.symbol.root is not summary.root or not access.symbol.access_path:
            continue
        name = access.symbol.access_path[0]
        if access.mode == "set" and len(access.symbol.access_path) == 1:
            if access.certain:
                written.add(name)
        elif access.mode in READS and name not in written:
            by_field.setdefault(name, []).append(access)
    forms = expected_formats(summary, lambda value: field_read(value, summary.root))
    read = {name: accesses for name, accesses in by_field.items() if not _is_probe(name, accesses, summary)}
    others = StandIns.of(summary, interp)
    needs = (
        replace(
            _need(name, accesses, summary, interp),
            stand_ins=tuple(sorted(others.fields.get(name, ()))),
            elsewhere=name in others.elsewhere,
        )
        for name, accesses in read.items()
    )
    return tuple(replace(need, expectations=forms[need.name]) if need.name in forms else need for need in needs)


def _is_probe(name: str, accesses: list[Access], summary: FunctionSummary) -> bool:
    """Whether code that takes things of any kind only asks if this is one that has such an attribute."""
    asked = any(access.mode == "probe" and len(access.symbol.access_path) == 1 for access in accesses)
    declaring = bare(summary.root.type)
    return asked and isinstance(declaring, Class) and name not in declaring.declared()


def _need(name: str, accesses: list[Access], summary: FunctionSummary, interp: Interpreter) -> Need:
    direct = [access for access in accesses if len(access.symbol.access_path) == 1 and not access.guarded]
    hard = [access for access in direct if access.mode in ("index", "attribute")]
    first = min(hard or accesses, key=lambda access: not access.certain)
    attributes = dict.fromkeys(part for access in accesses if (part := part_named(access)) is not None)
    type_ = show(part_type(interp, summary.root.type, name))
    certain = any(access.certain for access in (hard or accesses))
    need = Need(
        name, first.location.span, bool(hard), certainty(certain), type_, "", tuple(attributes), parts_read(accesses)
    )
    key, attribute = _forms(accesses)
    return replace(need, asked=not hard and _asks(accesses), by_key=key, by_attribute=attribute)


def _forms(accesses: list[Access]) -> tuple[Span | None, Span | None]:
    """Where the field is certainly read by its key, or else as an attribute; neither where the code does both."""
    direct = [
        a for a in accesses if len(a.symbol.access_path) == 1 and a.mode in (*KEYED, "attribute") and not a.of_copy
    ]
    places = [next((a.location.span for a in direct if (a.mode in KEYED) is keyed), None) for keyed in (True, False)]
    plain = any(access.certain and not access.guarded for access in direct)
    return (places[0], places[1]) if plain and None in places else (None, None)


KEYED = frozenset({"index", "get"})
"""How the entries of a dict are read."""


def _asks(accesses: list[Access]) -> bool:
    """Whether code asks if a field is there: by a test, or by reading an attribute that may be missing."""
    return any(
        access.mode in ("test", "probe") or (access.mode == "attribute" and access.guarded)
        for access in accesses
        if len(access.symbol.access_path) == 1
    )


def needs_open(summary: FunctionSummary) -> bool:
    """Whether the code hands the whole input to somebody who may read any of it."""
    return not summary.complete or any(
        access.mode == "escape" and not access.symbol.access_path and access.symbol.root is summary.root
        for access in summary.accesses
    )


def writes_of(summary: FunctionSummary) -> Iterator[Access]:
    """What the code does to fields of its input that changes them."""
    for access in summary.accesses:
        if access.symbol.root is summary.root and access.symbol.access_path and access.mode in ("set", "nested"):
            yield access


def settings_of(summary: FunctionSummary, interp: Interpreter) -> tuple[Offer, ...]:
    """The fields that the code sets in the input itself, where a framework keeps them as they are.

    What only changes something inside a field's value derives from that value.
    """
    found: dict[str, Offer] = {}
    for access in writes_of(summary):
        name = access.symbol.access_path[0]
        old = found.get(name)
        inside = access.mode == "nested" or len(access.symbol.access_path) > 1
        always = access.certain if inside else summary.always_sets(access)
        if old is None or (always and old.certainty is Certainty.POSSIBLE):
            type_ = show(part_type(interp, summary.root.type, name))
            derived = (name,) if inside else ()
            found[name] = Offer(name, access.location.span, certainty(always), type_, derived_from=derived)
    origins = origins_of_writes(summary)
    shapes, fixed = _shapes_of_settings(summary, interp), _fixed_settings(summary)
    return tuple(
        replace(each, origins=origins[name], shape=shapes.get(name), fixed=fixed[name]) for name, each in found.items()
    )


def _fixed_settings(summary: FunctionSummary) -> dict[str, int | None]:
    found: dict[str, list[Value | None]] = {}
    for access in writes_of(summary):
        whole = access.mode == "set" and len(access.symbol.access_path) == 1
        found.setdefault(access.symbol.access_path[0], []).append(access.new if whole else None)
    return {name: fixed_number(values) for name, values in found.items()}


def _shapes_of_settings(summary: FunctionSummary, interp: Interpreter) -> dict[str, Shape]:
    """What the fields are made of that the code sets as a whole, to values that are all alike."""
    found: dict[str, set[Shape | None]] = {}
    for access in writes_of(summary):
        whole = access.mode == "set" and len(access.symbol.access_path) == 1
        shape = made_shape(interp, access.new) if whole and access.new is not None else None
        found.setdefault(access.symbol.access_path[0], set()).add(shape)
    return {name: shape for name, each in found.items() for shape in each if shape is not None and len(each) == 1}


def origins_of_writes(summary: FunctionSummary) -> dict[str, tuple[Origin, ...]]:
    """What writes the fields that the code sets in the input itself, and what is in their values."""
    found: dict[str, list[Value]] = {}
    for access in writes_of(summary):
        values = found.setdefault(access.symbol.access_path[0], [])
        values += [access.new] if access.new is not None else []
    return {name: origins_in(*values) for name, values in found.items()}


class WriteSet(Struct):
    """What a step's returned updates write, gathered from all its returns.

    `shown` is the place of what a library's own code writes.
    """

    interp: Interpreter
    root: InputSource | None
    shown: Location
    fields: dict[str, list[tuple[Value, Location, bool]]] = field(default_factory=dict)
    updates: int = 0
    open: bool = False
    forwards: bool = False
    bad: list[BadReturn] = field(default_factory=list)

    def add(self, value: Value, location: Location | None, certain: bool) -> None:  # noqa: FBT001 - a fact, not a switch
        """One returned update."""
        self.updates += 1
        where = location or self.shown
        match value:
            case Mapping():
                self._mapping(value, where)
            case TrackedValue(root=root, access_path=()) if root is self.root:
                self.forwards = True
            case Object(cls=Class() as cls) if cls.declared():
                for name, given in value.arguments.keywords:
                    self._field(name, given, where)
                self.open = self.open or value.arguments.open or bool(value.arguments.positional)
                if not self.open:
                    self._filled(cls, {name for name, _ in value.arguments.keywords}, where)
            case Const() if value == NONE:
                pass
            case Const() | Text() | Sequence():
                self.bad.append(BadReturn(_shape(value), where.span, certainty(certain)))
            case _:
                self.open = True

    def add_pairs(self, pairs: Iterable[tuple[str, Value]], location: Location | None) -> None:
        """One update that is written as names and values."""
        self.updates += 1
        for name, value in pairs:
            self._field(name, value, location or self.shown)

    def _mapping(self, value: Mapping, where: Location) -> None:
        for key, inner in value.content.items():
            if key == OTHER_KEYS:
                self._rest(inner)
            elif isinstance(key, str):
                self._field(key, inner, value.locations.get(key, where))
            else:
                self.open = True

    def _filled(self, cls: Class, given: set[str], where: Location) -> None:
        """The fields that an object has of itself: all of its defaults, but those of a model that are None."""
        bases = {path.rpartition(".")[2] for path in cls.libraries()}
        for name, declared in cls.declared().items() if "TypedDict" not in bases else ():
            default = declared.default
            if name not in given and default is not None and not ("BaseModel" in bases and _is_none(default)):
                self._field(name, default if isinstance(default, Const) else Unknown("a default", where), where)

    def _rest(self, inner: Value) -> None:
        for option in alternatives(inner):
            if isinstance(option, TrackedValue) and option.root is self.root and not option.access_path:
                self.forwards = True
            else:
                self.open = True

    def _field(self, name: str, value: Value, location: Location) -> None:
        where = self.shown if location.module.stub else location
        self.fields.setdefault(name, []).append((value, where, not possibly_unbound(value)))

    def offers(self) -> tuple[Offer, ...]:
        """The fields written; certain where every update writes them."""
        return tuple(self._offer(name, writes) for name, writes in self.fields.items())

    def _offer(self, name: str, writes: list[tuple[Value, Location, bool]]) -> Offer:
        always = len(writes) >= self.updates and all(sure for _, _, sure in writes)
        sources = transitive_dependencies(*(value for value, _, _ in writes))
        derived = dict.fromkeys(
            s.access_path[0]
            for s in sorted(sources, key=lambda s: s.access_path)
            if s.access_path and s.root is self.root
        )
        return Offer(
            name,
            writes[0][1].span,
            certainty(always),
            _type_of(writes),
            derived_from=tuple(derived),
            shape=_shape_of(self.interp, writes),
            check=form_of(value for value, _, _ in writes),
            repeats=any(self._repeats(name, value) for value, _, _ in writes),
            fresh=all(_is_fresh(value) for value, _, _ in writes),
            origins=origins_in(*(value for value, _, _ in writes)),
            unchanged=all(self._is_unchanged(name, value) for value, _, _ in writes),
            fixed=fixed_number(value for value, _, _ in writes),
            labels=labels_of(self.interp, [value for value, _, _ in writes]),
            part_labels=labels_of_parts(self.interp, [value for value, _, _ in writes]),
        )

    def _is_unchanged(self, name: str, value: Value) -> bool:
        """Whether a value is the field's own, be it with 0 where it has none."""
        options = [option for option in alternatives(value) if option != Const(0)]
        return bool(options) and all(self._is_own(name, option) for option in options)

    def _is_own(self, name: str, value: Value) -> bool:
        return isinstance(value, TrackedValue) and value.root is self.root and value.access_path == (name,)

    def _repeats(self, name: str, value: Value) -> bool:
        """Whether a value is the field's own, or a list with elements of it."""
        options = alternatives(value)
        return bool(options) and all(self._is_old(name, option) for option in options)

    def _is_old(self, name: str, value: Value) -> bool:
        match value:
            case TrackedValue():
                return self._is_own(name, value)
            case Sequence(content=items):
                old = (name, "[]")
                inner = [item.value for item in items if isinstance(item, RepeatedElement)]
                return any(isinstance(i, TrackedValue) and i.root is self.root and i.access_path == old for i in inner)
            case _:
                return False


def _is_fresh(value: Value) -> bool:
    """Whether a value is a list that is written out item by item, and no item is an entry of another list."""
    options = alternatives(value)
    return bool(options) and all(
        isinstance(option, Sequence)
        and bool(option.content)
        and not any(isinstance(item, RepeatedElement | TrackedValue) for item in option.content)
        for option in options
    )


def _is_none(default: Value) -> bool:
    """Whether a default is None, be it inside `Field(default=None)`."""
    if isinstance(default, Object) and (default.path or "").endswith(".Field"):
        return default.arguments.get("default", 0) == NONE
    return default == NONE


def _type_of(writes: Iterable[tuple[Value, Location, bool]]) -> str | None:
    shapes = {_plain_type(value) for value, _, _ in writes}
    return shapes.pop() if len(shapes) == 1 else None


def _shape_of(interp: Interpreter, writes: Iterable[tuple[Value, Location, bool]]) -> Shape | None:
    """The declared type that every write makes, if it is one."""
    shapes = {made_shape(interp, value) for value, _, _ in writes}
    return shapes.pop() if len(shapes) == 1 else None


def _plain_type(value: Value) -> str | None:
    match value:
        case Const(value=None):
            return "None"
        case Const(value=plain):
            return type(plain).__name__
        case Text():
            return "str"
        case Sequence(kind=kind):
            return kind
        case Mapping():
            return "dict"
        case Object(cls=Class() as cls):
            return cls.name
        case TrackedValue(type=type_):
            return show(type_)
        case _:
            return None


def _shape(value: Value) -> str:
    match value:
        case Const(value=bool()):
            return "a bool"
        case Const(value=str()) | Text():
            return "a string"
        case Const():
            return "a number"
        case Sequence(kind=kind):
            return f"a {kind}"
        case _:
            return "something else"
