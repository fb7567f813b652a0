"""What the interpreter computes with.

Most values are frozen. Those that Python lets code change after they were made (`Box` and its children) keep what can
change in one attribute, `content`, so that the two arms of a branch can be run one after the other and joined
(`heap.py`). Unknown is a value too: it says why, where, and which tracked inputs went into it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from wflint.evaluate.class_values import Class
    from wflint.evaluate.modules import Module
    from wflint.evaluate.scope import Scope
    from wflint.model.span import Span
    from wflint.source.code import At, FunctionDef, Lambda


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a module; `span` works out lines and columns only when somebody asks."""

    module: Module
    at: At

    @property
    def span(self) -> Span:
        return self.module.span(self.at)


class Value:
    """Root of all values."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Const(Value):
    """A number, a text, a boolean or None."""

    value: str | int | float | bool | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Const) and type(other.value) is type(self.value) and other.value == self.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


NONE = Const(None)


@dataclass(frozen=True, slots=True)
class Text(Value):
    """Text with holes: known pieces (`Const`) and the values that are put between them."""

    parts: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Absent(Value):
    """Not there: the other arm of a branch would have put something here."""


ABSENT = Absent()


@dataclass(frozen=True, slots=True)
class Unknown(Value):
    """Not to be known from the source; `sources` are the tracked inputs that it is computed from.

    `of` is the object of a library that it was taken out of, `part` the key that it has there.
    """

    reason: str
    place: Place | None = field(default=None, compare=False)
    sources: frozenset[Symbol] = frozenset()
    of: Value | None = None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Union(Value):
    """One of several values; built by `unite`, never nested, never of one option."""

    options: tuple[Value, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Root:
    """Where tracked inputs come from: a step's state, the answer of a model, an event.

    `type` is the annotation's value, so that what is read from it has a type as well.
    """

    role: str
    type: Value | None = None
    scope: Scope | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Symbol(Value):
    """A tracked input, or a part of one: `path` are the keys and attributes that lead to it from the root."""

    root: Root
    path: tuple[str, ...] = ()
    type: Value | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Library(Value):
    """A name of a library: its canonical dotted path."""

    path: str


@dataclass(frozen=True, slots=True)
class Generic(Value):
    """A subscripted type: `Literal["a"]`, `Annotated[list, add]`, `list[str]`, `A | B` (base `Union`)."""

    base: Value
    arguments: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Member(Value):
    """An attribute of an object whose class is not in the source: a value, or a method waiting for its call."""

    receiver: Value
    name: str
    place: Place | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class EnumMember(Value):
    """A member of an enumeration."""

    cls: Class
    name: str
    value: Value


@dataclass(frozen=True, slots=True)
class ModuleValue(Value):
    """An imported module of the repository."""

    module: Module


@dataclass(frozen=True, slots=True)
class Late(Value):
    """A name imported from a module that was still being evaluated; looked up again when used."""

    module: Module
    name: str


Binding = Literal["plain", "static", "class", "property", "cached"]
"""What attribute access does with a function."""


@dataclass(slots=True, eq=False)
class Function(Value):
    """A function or lambda of the source with the scope it closes over.

    `binding` says what attribute access does with it. `marks` are decorators of libraries that nobody has a handler
    for: they are taken to leave the function as it is. `setter` is what sets the property that it reads, `memory` what
    it gave for which arguments, where it remembers that, and `extra` the attributes that code has given it.
    """

    node: FunctionDef | Lambda
    module: Module
    scope: Scope
    name: str
    defaults: dict[str, Value]
    owner: Class | None = None
    binding: Binding = "plain"
    marks: tuple[Value, ...] = ()
    setter: Function | None = None
    memory: Mapping | None = None
    extra: Mapping | None = None

    @property
    def place(self) -> Place:
        return Place(self.module, self.node.at)


@dataclass(frozen=True, slots=True)
class Bound(Value):
    """A method together with the object it was taken from."""

    function: Value
    receiver: Value


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of a call; `open` is true where there may be some that are not shown.

    Where that is because values are spread into the call, `tail` is what each further one by position is, and `rest`
    the dict, as far as there is one, that those by keyword come from.
    """

    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()
    open: bool = False
    tail: Value | None = None
    rest: Value | None = None

    def get(self, name: str, position: int | None = None) -> Value | None:
        """The argument called `name`, or at `position`; None where it was not given."""
        for key, value in self.keywords:
            if key == name:
                return present(value)
        if position is not None and position < len(self.positional):
            return self.positional[position]
        return None

    def __iter__(self) -> Iterator[Value]:
        yield from self.positional
        yield from (value for _, value in self.keywords)
        yield from (hidden for hidden in (self.tail, self.rest) if hidden is not None)

    def after(self, first: Value) -> Arguments:
        return replace(self, positional=(first, *self.positional))

    def without(self, count: int) -> Arguments:
        return replace(self, positional=self.positional[count:])


@dataclass(frozen=True, slots=True)
class Partial(Value):
    """A callable with some arguments given already; `method` ones get the object they are taken from as well."""

    function: Value
    arguments: Arguments
    method: bool = False


# ------------------------------------------------------------------------------------------- values that change


@dataclass(slots=True, eq=False)
class Box(Value):
    """A value whose `content` can change; `birth` is the heap's clock when it was made."""

    birth: int


@dataclass(slots=True, eq=False)
class Rest(Value):
    """Any number of further elements, each like `value`, at this place of a list or under other keys of a dict."""

    value: Value


REST = "\0rest"
"""Key of a `Mapping` under which the values of its unknown keys stand."""


@dataclass(slots=True, eq=False)
class Sequence(Box):
    """A list, tuple or set; a `Rest` among the items stands for unknown ones."""

    kind: Literal["list", "tuple", "set"]
    content: list[Value]
    place: Place | None = None

    @property
    def closed(self) -> bool:
        """Whether every item is there and known to be there."""
        return not any(isinstance(item, Rest) or may_be_absent(item) for item in self.content)


@dataclass(slots=True, eq=False)
class Mapping(Box):
    """A dict; `places` remembers where each key was written, `maker` makes the missing entries of a `defaultdict`.

    Its keys are what `keys.py` makes of values.
    """

    content: dict[Hashable, Value]
    places: dict[Hashable, Place]
    place: Place | None = None
    maker: Value | None = None

    @property
    def closed(self) -> bool:
        """Whether there are no further keys."""
        return REST not in self.content

    def known(self) -> Iterator[tuple[str | int | float | bool | None, Value]]:
        """The entries whose keys are texts, numbers or None."""
        for key, value in self.content.items():
            if isinstance(key, str) and key != REST:
                yield str(key), value
            elif isinstance(key, int | float | None):
                yield key, value


@dataclass(slots=True, eq=False)
class Object(Box):
    """An object: of a class of the source (`cls`), of a library (`path`), or of a class that inherits from a library.

    `arguments` made it; `content` holds its attributes as far as they were set; `taken` are the conditions under which
    it was made; `receiver` is the object whose method made it. `name` is the first variable it was given to, `maker`
    the function that made it; `synthetic` objects come from calls that only the interpreter makes, of functions that
    nobody calls. `context` are the calls on the stack when it was made, outermost first.
    """

    path: str | None
    cls: Class | None
    arguments: Arguments
    place: Place | None
    content: dict[Hashable, Value] = field(default_factory=dict)
    taken: tuple[int, ...] = ()
    receiver: Value | None = None
    sources: frozenset[Symbol] = frozenset()
    name: str | None = None
    maker: str | None = None
    synthetic: bool = False
    context: tuple[Place, ...] = ()

    @property
    def constructed(self) -> bool:
        """Whether it comes from a class rather than from a function that may give anything, None included."""
        return self.cls is not None or (self.path or "").rpartition(".")[2][:1].isupper()


# ------------------------------------------------------------------------------------------------- on values

MOST_OPTIONS = 64


def unite(*values: Value) -> Value:
    """One of `values`: flat, without repeats; too many alternatives are unknown."""
    if len(values) == 1:
        return values[0]
    options: dict[Value, None] = {}
    for value in values:
        for option in value.options if isinstance(value, Union) else (value,):
            options.setdefault(option)
    if not options:
        return Unknown("no value")
    if len(options) > MOST_OPTIONS:
        from wflint.evaluate.sources import sources_of

        return Unknown("too many alternatives", None, sources_of(*options))
    return next(iter(options)) if len(options) == 1 else Union(tuple(options))


def options_of(value: Value) -> tuple[Value, ...]:
    """The alternatives of a value, itself if it has none."""
    return value.options if isinstance(value, Union) else (value,)


def may_be_absent(value: Value) -> bool:
    """Whether there may be nothing here."""
    return any(option is ABSENT for option in options_of(value))


def present(value: Value) -> Value | None:
    """The value without the possibility that it is absent; None if that was all."""
    options = [option for option in options_of(value) if option is not ABSENT]
    return unite(*options) if options else None


def text_of(value: Value | None) -> str | None:
    """The text a value is, if it is one: a constant, or a member of an enumeration of texts."""
    match value:
        case Const(value=str(text)):
            return text
        case EnumMember(value=Const(value=str(text)), cls=cls) if cls.of_texts:
            return text
        case _:
            return None
