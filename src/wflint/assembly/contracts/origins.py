"""What kind of work writes a value: a walk over everything that went into it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct, field

from wflint.assembly.contracts.call_origins import CALLED, origin_of_call
from wflint.evaluate.answers import ANSWER, Answer
from wflint.evaluate.dependencies import UNSEEN, Dependencies, untracked_in
from wflint.evaluate.values import (
    UNBOUND,
    Arguments,
    ExternalAttribute,
    ExternalName,
    Generic,
    HeapObject,
    InputSource,
    Location,
    Mapping,
    Object,
    RepeatedElement,
    Sequence,
    Text,
    TrackedValue,
    Union,
    Unknown,
    Value,
    alternatives,
    last_of,
)
from wflint.model.contract import Origin

PERSON: Final = "person"
"""Kind of the root that stands for what somebody answers."""
PARSING: Final = frozenset(
    {
        "loads", "load", "safe_load", "literal_eval", "eval", "parse", "aparse", "parse_raw", "parse_obj",
        "parse_result", "model_validate", "model_validate_json", "validate_json", "validate_python", "raw_decode",
        "repair_json", "parse_json_markdown", "fromstring", "split", "rsplit", "splitlines", "partition",
        "rpartition", "findall", "finditer", "search", "match", "fullmatch", "group", "groups", "groupdict", "int",
        "float", "Decimal", "fromisoformat", "strptime", "reader", "DictReader", "read_csv", "find", "index", "count",
        "startswith", "endswith", "isdigit",
    }
)  # fmt: skip
"""Functions and methods that take a text apart, or make something else of it."""
COMPARED: Final = "a comparison"
"""Why it is not known what a comparison gives."""
PLAIN: Final = sys.stdlib_module_names
"""Packages of which it is known that they compute; what brings something in from outside is named elsewhere."""
COMPUTED: Final = "computed"
"""Why it is not known what known values make together."""
RECORDS: Final = frozenset(
    {"usage", "usage_metadata", "response_metadata", "id", "model", "created", "finish_reason", "stop_reason"}
)
"""Parts of an answer that its library keeps of how it came about."""
FORMED: Final = frozenset(
    {
        "tool_calls", "parsed", "function_call", "additional_kwargs", "pydantic", "json_dict", "value",
        "structured_response", "structured_output",
    }
)  # fmt: skip
"""Parts of an answer that have the form of a tool's arguments, or of a class."""
MOST_VISITED: Final = 400
DEEPEST: Final = 24

_NOTHING: Final[frozenset[Origin]] = frozenset()
_CODE: Final = frozenset({Origin.CODE})


def origins_in(*values: Value, persons: frozenset[str] = frozenset()) -> tuple[Origin, ...]:
    """What wrote a value, or one of several; code where nothing else is found in an alternative.

    `persons` are the names of methods by which the framework asks somebody.
    """
    walk = _Walk(persons)
    options = (option for value in values for option in alternatives(value) if option is not UNBOUND)
    found = [walk.into(option, DEEPEST) or _CODE for option in options]
    return sorted_origins(frozenset().union(*found) or _CODE)


def parts_of(values: Iterable[Value], name: str) -> Iterator[Value]:
    """What each value, or one that it may be, has under a name; itself where that is not shown."""
    for option in (option for value in values for option in alternatives(value)):
        match option:
            case Mapping(content=content) | Object(content=content) if name in content:
                yield content[name]
            case Object(arguments=arguments) if option.constructed:
                yield from _given(arguments, name)
            case _:
                yield option


def _given(arguments: Arguments, name: str) -> Iterator[Value]:
    """The argument called `name`, be it in a dict that is spread into the call; nothing where there is a default."""
    given = arguments.get(name)
    if given is not None:
        yield given
    elif arguments.rest is not None:
        yield from parts_of([arguments.rest], name)


def of_answer(*, formed: bool) -> tuple[Origin, ...]:
    """The origin of what a model answers, in a declared form or not."""
    return (Origin.MODEL_FORM if formed else Origin.MODEL_TEXT,)


def sorted_origins(origins: Iterable[Origin]) -> tuple[Origin, ...]:
    """Origins in the order in which offers keep them."""
    return tuple(sorted(set(origins)))


def answer_of_person(location: Location) -> Value:
    """What somebody answers, of which nothing else is known."""
    asked = TrackedValue(InputSource(PERSON, None, None, location))
    return Unknown("what a person answers", location, Dependencies((), [asked]))


class _Walk(Struct):
    """A walk; `known` is what was found in values that may be met again, nothing yet while they are looked into."""

    persons: frozenset[str]
    known: dict[HeapObject | RepeatedElement, frozenset[Origin]] = field(default_factory=dict)

    def into(self, value: Value, depth: int) -> frozenset[Origin]:
        """What went into a value, code apart."""
        if not depth:
            return _NOTHING
        match value:
            case TrackedValue(access_path=(*_, name)) if name in CALLED:
                return frozenset({Origin.OUTSIDE})
            case TrackedValue(root=root, access_path=path):
                return _of_part(path[0] if path else "", _of_root(root), _own(root))
            case Text(parts=parts) | Union(options=parts):
                return self.all(parts, depth)
            case ExternalAttribute(receiver=receiver, name=name):
                return _of_part(name, self.into(receiver, depth - 1))
            case Unknown(reason=reason, depends_on=sources):
                found = self.all(_apart(sources), depth)
                return _parsed(found) if reason == COMPARED else found
            case HeapObject() | RepeatedElement():
                return self.once(value, depth)
            case ExternalName() if value == UNSEEN:
                return frozenset({Origin.UNSEEN})
            case _:
                return _NOTHING

    def all(self, values: Iterable[Value], depth: int) -> frozenset[Origin]:
        return _NOTHING.union(*(self.into(value, depth - 1) for value in values))

    def once(self, value: HeapObject | RepeatedElement, depth: int) -> frozenset[Origin]:
        if value not in self.known and len(self.known) < MOST_VISITED:
            self.known[value] = _NOTHING
            self.known[value] = self.inside(value, depth)
        return self.known.get(value, _NOTHING)

    def inside(self, value: HeapObject | RepeatedElement, depth: int) -> frozenset[Origin]:
        match value:
            case RepeatedElement(value=inner):
                return self.into(inner, depth - 1)
            case Sequence(content=items):
                return self.all(items, depth)
            case Mapping(content=entries):
                return self.all(entries.values(), depth)
            case Object():
                return self.of_object(value, depth)
            case _:
                return _NOTHING

    def of_object(self, made: Object, depth: int) -> frozenset[Origin]:
        """What a library call or a class makes, of what it is given where nothing else is known of it."""
        origin = origin_of_call(made, self.persons) if made.cls is None and made.path else None
        if origin is not None:
            return frozenset({origin})
        receiver = (made.receiver,) if made.receiver is not None else ()
        found = self.all((*receiver, *made.arguments, *made.content.values()), depth)
        found |= self.all(made.depends_on, depth) if not found else _NOTHING
        if not found and _is_unseen(made):
            return frozenset({Origin.UNSEEN})
        return _parsed(found) if last_of(made.path) in PARSING else found


def _apart(sources: frozenset[TrackedValue]) -> Iterator[Value]:
    """What goes into something that is not known: calls, and the inputs that do not go in by way of one."""
    beside = untracked_in(sources)
    yield from sources.difference(*(made.depends_on for made in map(_whole, beside) if isinstance(made, Object)))
    yield from beside


def _whole(value: Value) -> Value:
    """What something is an attribute of."""
    while isinstance(value, ExternalAttribute):
        value = value.receiver
    return value


def _is_unseen(made: Object) -> bool:
    """Whether a function or method that is not shown gives something, and no input goes into what it is called on."""
    package, _, rest = (made.path or "").partition(".")
    if made.cls is not None or last_of(rest)[:1].isupper() or package in PLAIN:
        return False
    whole = _whole(made.receiver) if made.receiver is not None else None
    if isinstance(whole, Unknown):
        return not whole.depends_on and whole.reason != COMPUTED
    return bool(rest) and not isinstance(whole, TrackedValue)


def _of_root(root: InputSource) -> frozenset[Origin]:
    match root:
        case InputSource(kind=kind) if kind == ANSWER:
            return frozenset({Origin.MODEL_FORM})
        case InputSource(kind=kind) if kind == PERSON:
            return frozenset({Origin.PERSON})
        case Answer(type=type_):
            return frozenset({Origin.MODEL_FORM if _is_formed(type_) else Origin.MODEL_TEXT})
        case _:
            return _NOTHING


def _is_formed(type_: Value | None) -> bool:
    """Whether an answer is declared to be something other than a text: a list of texts, a number."""
    bare_ = type_.base if isinstance(type_, Generic) else type_
    return isinstance(bare_, ExternalName) and last_of(bare_.path) in {"list", "dict", "bool", "int", "float", "tuple"}


def _own(root: InputSource) -> frozenset[str]:
    """All names that a library gives to parts of its answers, none where that is not known."""
    return root.own if isinstance(root, Answer) else frozenset()


def _of_part(name: str, whole: frozenset[Origin], own: frozenset[str] = frozenset()) -> frozenset[Origin]:
    """What an attribute or entry of something is, by what wrote the whole."""
    if Origin.MODEL_TEXT not in whole:
        return whole
    if name in RECORDS:
        return whole - {Origin.MODEL_TEXT}
    formed = name in FORMED or (bool(name) and bool(own) and name not in own)
    return whole - {Origin.MODEL_TEXT} | {Origin.MODEL_FORM} if formed else whole


def _parsed(found: frozenset[Origin]) -> frozenset[Origin]:
    """What is left of a text of a model once it is taken apart; any other origin stays what it is."""
    return found - {Origin.MODEL_TEXT} | {Origin.PARSED_TEXT} if Origin.MODEL_TEXT in found else found
