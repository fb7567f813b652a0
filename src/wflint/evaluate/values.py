"""What the interpreter computes with.

Most values are frozen. Those that Python lets code change after they were made (`HeapObject` and its children) keep
what can change in one attribute, `content`, so that the two arms of a branch can be run one after the other and joined
(`heap.py`). Unknown is a value too: it says why, where, and which tracked inputs went into it.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import TYPE_CHECKING, Literal

from msgspec import Struct, field
from msgspec.structs import replace

if TYPE_CHECKING:
    from wflint.evaluate.class_values import Class
    from wflint.evaluate.modules import Module
    from wflint.evaluate.scope import Scope
    from wflint.model.span import Span
    from wflint.source.code import FunctionDef, Lambda, TextRange


class Location(Struct, frozen=True):
    """A stretch of a module; `span` works out lines and columns only when somebody asks."""

    module: Module
    at: TextRange

    @property
    def span(self) -> Span:
        return self.module.span(self.at)


class Value:
    """Root of all values."""

    __slots__ = ()


class Const(Value, Struct, frozen=True):
    """A number, a text, a boolean or None."""

    value: str | int | float | bool | None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Const) and type(other.value) is type(self.value) and other.value == self.value

    def __hash__(self) -> int:
        return hash((type(self.value), self.value))


NONE = Const(None)


class Text(Value, Struct, frozen=True):
    """Text with holes: known pieces (`Const`) and the values that are put between them."""

    parts: tuple[Value, ...]


class Unbound(Value, Struct, frozen=True):
    """Not there: the other arm of a branch would have put something here."""


UNBOUND = Unbound()


class Unknown(Value, Struct, frozen=True):
    """Not to be known from the source; `depends_on` are the tracked inputs that it is computed from.

    `of` is the object of a library that it was taken out of, `part` the key that it has there; without `of`, `part` is
    the name of the parameter that nobody is seen to give a value.
    """

    reason: str
    location: Location | None = None
    depends_on: frozenset[TrackedValue] = frozenset()
    of: Value | None = None
    part: str = ""

    def __eq__(self, other: object) -> bool:
        """Whatever the place."""
        if not isinstance(other, Unknown) or (self.reason, self.part) != (other.reason, other.part):
            return False
        return self.depends_on == other.depends_on and self.of == other.of

    def __hash__(self) -> int:
        return hash((self.reason, self.depends_on, self.of, self.part))


class Union(Value, Struct, frozen=True):
    """One of several values; built by `unite`, never nested, never of one option."""

    options: tuple[Value, ...]


class InputSource(Struct, frozen=True, eq=False):
    """Where tracked inputs come from, with a type from the annotation; `precise` where it is of no heir of that."""

    kind: str
    type: Value | None = None
    scope: Scope | None = None
    location: Location | None = None
    precise: bool = False


class TrackedValue(Value, Struct, frozen=True):
    """A tracked input, or a part of one (`written_out`: of the dict of a model), by the way to it from the root."""

    root: InputSource
    access_path: tuple[str, ...] = ()
    type: Value | None = None
    written_out: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TrackedValue) and self.root is other.root and self.access_path == other.access_path

    def __hash__(self) -> int:
        return hash((self.root, self.access_path))


class ExternalName(Value, Struct, frozen=True):
    """A name of a library: its canonical dotted path."""

    path: str


class Generic(Value, Struct, frozen=True):
    """A subscripted type: `Literal["a"]`, `Annotated[list, add]`, `list[str]`, `A | B` (base `Union`)."""

    base: Value
    arguments: tuple[Value, ...]


class ExternalAttribute(Value, Struct, frozen=True):
    """An attribute of an object whose class is not in the source: a value, or a method waiting for its call."""

    receiver: Value
    name: str
    location: Location | None = None

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ExternalAttribute):
            return False
        return self.name == other.name and self.receiver == other.receiver

    def __hash__(self) -> int:
        return hash((self.receiver, self.name))


class EnumMember(Value, Struct, frozen=True):
    """A member of an enumeration."""

    cls: Class
    name: str
    value: Value


class ModuleValue(Value, Struct, frozen=True):
    """An imported module of the repository."""

    module: Module


class DeferredImport(Value, Struct, frozen=True):
    """A name imported from a module that was still being evaluated; looked up again when used."""

    module: Module
    name: str


Binding = Literal["plain", "static", "class", "property", "cached"]
"""What attribute access does with a function."""


class Function(Value, Struct, eq=False):
    """A function or lambda of the source with the scope it closes over.

    `binding` says what attribute access does with it. `unmodelled_decorators` are decorators of libraries that nobody
    has a handler for: they are taken to leave the function as it is. `setter` is what sets the property that it reads,
    `memo` what it gave for which arguments, where it remembers that, and `attributes` the attributes that code has
    given it.
    """

    node: FunctionDef | Lambda
    module: Module
    scope: Scope
    name: str
    defaults: dict[str, Value]
    owner: Class | None = None
    binding: Binding = "plain"
    unmodelled_decorators: tuple[Value, ...] = ()
    setter: Function | None = None
    memo: Mapping | None = None
    attributes: Mapping | None = None

    @property
    def location(self) -> Location:
        return Location(self.module, self.node.at)


class Bound(Value, Struct, frozen=True):
    """A method together with the object it was taken from."""

    function: Value
    receiver: Value


class Arguments(Struct, frozen=True):
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
                return bound_part(value)
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


class Partial(Value, Struct, frozen=True):
    """A callable with some arguments given already; `method` ones get the object they are taken from as well.

    `depth` says how many of them are within each other; `partials.py` makes them.
    """

    function: Value
    arguments: Arguments
    method: bool = False
    depth: int = 1


# ------------------------------------------------------------------------------------------- values that change


class HeapObject(Value, Struct, eq=False):
    """A value whose `content` can change; `allocated_at` is the heap's clock when it was made."""

    allocated_at: int


class RepeatedElement(Value, Struct, eq=False):
    """Any number of further elements, each like `value`, at this place of a list or under other keys of a dict."""

    value: Value


OTHER_KEYS = "\0rest"
"""Key of a `Mapping` under which the values of its unknown keys stand."""


class Sequence(HeapObject, eq=False):
    """A list, tuple or set; a `RepeatedElement` among the items stands for unknown ones."""

    kind: Literal["list", "tuple", "set"]
    content: list[Value]
    location: Location | None = None

    @property
    def closed(self) -> bool:
        """Whether every item is there and known to be there."""
        return not any(isinstance(item, RepeatedElement) or possibly_unbound(item) for item in self.content)


class Mapping(HeapObject, eq=False):
    """A dict, with the `locations` where its keys were written.

    `default_factory` makes the missing entries of a `defaultdict`. Its keys are what `keys.py` makes of values.
    """

    content: dict[Hashable, Value]
    locations: dict[Hashable, Location]
    location: Location | None = None
    default_factory: Value | None = None

    @property
    def closed(self) -> bool:
        """Whether there are no further keys."""
        return OTHER_KEYS not in self.content

    def known(self) -> Iterator[tuple[str | int | float | bool | None, Value]]:
        """The entries whose keys are texts, numbers or None."""
        for key, value in self.content.items():
            if isinstance(key, str) and key != OTHER_KEYS:
                yield str(key), value
            elif isinstance(key, int | float | None):
                yield key, value


class Object(HeapObject, eq=False):
    """An object: of a class of the source (`cls`), of a library (`path`), or of a class that inherits from a library.

    `arguments` made it; `content` holds its attributes as far as they were set; `path_condition` are the conditions
    under which it was made; `receiver` is the object whose method made it. `name` is the first variable it was given
    to, `created_in` the function that made it; `speculative` objects come from calls that only the interpreter makes,
    of functions that nobody calls. `context` are the calls on the stack when it was made, outermost first.
    """

    path: str | None
    cls: Class | None
    arguments: Arguments
    location: Location | None
    content: dict[Hashable, Value] = field(default_factory=dict)
    path_condition: tuple[int, ...] = ()
    receiver: Value | None = None
    depends_on: frozenset[TrackedValue] = frozenset()
    name: str | None = None
    created_in: str | None = None
    speculative: bool = False
    context: tuple[Location, ...] = ()

    @property
    def site(self) -> Location:
        """Where it is made; front ends group and show only objects that some code, or document, makes."""
        assert self.location is not None
        return self.location

    @property
    def constructed(self) -> bool:
        """Whether it comes from a class rather than from a function that may give anything, None included."""
        return self.cls is not None or (self.path or "").rpartition(".")[2][:1].isupper()


# ------------------------------------------------------------------------------------------------- on values

MAX_ALTERNATIVES = 64


def join(*values: Value) -> Value:
    """One of `values`: flat, without repeats; too many alternatives are unknown."""
    if values and all(value is values[0] for value in values):
        return values[0]
    options: dict[Value, None] = {}
    for value in values:
        for option in value.options if isinstance(value, Union) else (value,):
            options.setdefault(option)
    if not options:
        return Unknown("no value")
    if len(options) > MAX_ALTERNATIVES:
        from wflint.evaluate.dependencies import depends_on

        return Unknown("too many alternatives", None, depends_on(*options))
    return next(iter(options)) if len(options) == 1 else Union(tuple(options))


def alternatives(value: Value | None) -> tuple[Value, ...]:
    """The alternatives of a value, itself if it has none; nothing of what was not given."""
    if value is None:
        return ()
    return value.options if isinstance(value, Union) else (value,)


def last_of(path: str | None) -> str:
    """The last part of a dotted path."""
    return (path or "").rpartition(".")[2]


def possibly_unbound(value: Value) -> bool:
    """Whether there may be nothing here."""
    return any(option is UNBOUND for option in alternatives(value))


def bound_part(value: Value) -> Value | None:
    """The value without the possibility that it is absent; None if that was all."""
    options = [option for option in alternatives(value) if option is not UNBOUND]
    return join(*options) if options else None


def text_of(value: Value | None) -> str | None:
    """The text a value is, if it is one: a constant, or a member of an enumeration of texts."""
    match value:
        case Const(value=str(text)):
            return text
        case EnumMember(value=Const(value=str(text)), cls=cls) if cls.of_texts:
            return text
        case _:
            return None
