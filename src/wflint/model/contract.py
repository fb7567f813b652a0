"""What steps promise and what they ask for: offers, needs, and the schemas that declare them."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from wflint.model.span import Span

APPENDING = frozenset({"add", "iadd", "concat", "iconcat"})
"""Names of `operator`'s functions that put two lists together, as reducers."""


class Certainty(StrEnum):
    """How sure the source is that something happens."""

    CERTAIN = "certain"
    """On every run that gets there."""
    POSSIBLE = "possible"
    """On some runs: under a condition, in one arm of a branch, or inferred."""


class Outcome(StrEnum):
    """What a framework makes of something that has no place in it."""

    FAILS = "fails"
    """The run fails."""
    STOPS = "stops"
    """The run goes no further on that way, and nobody is told."""
    LOST = "lost"
    """It is dropped, and nobody is told."""
    KEPT = "kept"
    """It is kept all the same."""


class CheckKind(StrEnum):
    """What is done to see that a value is as it should be."""

    ANSWER = "answer"
    """A model is asked to answer in a declared form."""
    MESSAGE = "message"
    """It is sent as an object of a class that looks at its fields."""
    CODE = "code"
    """Code looks at what it says: a guardrail, a validator."""


class Check(Struct, frozen=True):
    """How a value is looked at before anybody else gets it; `name` is the declared form, or the code that looks.

    `enforced` is true where what does not fit gets no further, `retries` where it is made again because it does not.
    """

    kind: CheckKind
    name: str
    span: Span
    enforced: bool = True
    retries: bool = False


class Origin(StrEnum):
    """What kind of work writes a value."""

    MODEL_FORM = "model-form"
    """A model answers in a declared form."""
    MODEL_TEXT = "model-text"
    """A model answers in whatever form it likes."""
    PARSED_TEXT = "parsed-text"
    """Code takes apart, or parses, what a model answers in whatever form it likes."""
    LOOKUP = "lookup"
    """Something is looked up: a search, a retrieval."""
    OUTSIDE = "outside"
    """It comes from outside and may be empty or odd: a file, a database, a service, a tool."""
    PERSON = "person"
    """Somebody is asked."""
    UNSEEN = "unseen"
    """Code that is not shown makes it, so that any of the above may be in it."""
    CODE = "code"
    """Code makes it of nothing of the above."""


class Shape(Struct, frozen=True):
    """What values of a declared type are made of: the `parts` it declares and its other `members` (methods).

    `closed` is false where values may have more than the source shows. `of_elements` is true where the value is a
    collection and the parts are those of its elements. `keyed` is true where parts are entries of a dict, `indexable`
    where parts that are attributes may be read by key, too. `inner` are the shapes of parts.
    """

    name: str
    parts: tuple[str, ...]
    members: tuple[str, ...]
    span: Span
    closed: bool = True
    of_elements: bool = False
    keyed: bool = False
    indexable: bool = False
    inner: tuple[tuple[str, Shape], ...] = ()

    def lacks(self, part: Part) -> bool:
        """Whether values of this shape are known not to have the part, or not in the way that it is read."""
        held = self.within(part.path)
        if held is None or not held.closed or held.of_elements is not part.of_element:
            return False
        named = held.keyed is part.by_key or (part.by_key and held.indexable)
        return part.name not in ((*held.parts, *held.members) if named else held.members)

    def within(self, path: tuple[str, ...]) -> Shape | None:
        """The shape of a part of a part, or of the elements (`[]`) of one; None where it is not known."""
        if not path:
            return self
        if path[0] == "[]":
            return replace(self, of_elements=False).within(path[1:]) if self.of_elements else None
        found = next((shape for name, shape in self.inner if name == path[0]), None)
        return found.within(path[1:]) if found is not None else None


class Part(Struct, frozen=True):
    """A part of a field's value that code goes on to use; `of_element` where the value's elements have to have it.

    `by_key` is true where it is read as an entry of a dict. `path` are the parts on the way to it.
    """

    name: str
    span: Span
    certainty: Certainty = Certainty.CERTAIN
    of_element: bool = False
    by_key: bool = False
    path: tuple[str, ...] = ()


class TypedInput(Struct, frozen=True):
    """What the code of a step is given in a declared form, beside the state, and the `parts` that it fails without.

    `name` is what code calls it, `shape` is None where its type is not known. `sent` is true where the step before
    hands it over, `converted` where the framework makes what is declared of that. `whole` is true where it is a text or
    another plain value, `expectations` are the forms of a text that code counts on.
    """

    name: str
    shape: Shape | None
    parts: tuple[Part, ...] = ()
    sent: bool = False
    converted: bool = False
    whole: bool = False
    expectations: tuple[FormatExpectation, ...] = ()


class Format(StrEnum):
    """What a text has to be like for code to make something of it."""

    JSON = "json"
    """It is parsed as JSON."""
    NUMBER = "number"
    """It is turned into a number."""
    WORD = "word"
    """A certain word is looked for in it."""


class FormatExpectation(Struct, frozen=True):
    """A place that makes something of a text, and does not cope where the text has another form.

    `words` are what is looked for, any of which will do; `reader` says who looks. `authors` are the steps whose models
    may write the text, where that is not told by the place itself. `input_words` are those of the words that count in
    what the run is told to begin with, too. `others` are the words that the other ways of the same choice wait for.
    `anywhere` are those of the words that count wherever they stand, in a longer word as well.
    """

    format: Format
    span: Span
    words: tuple[str, ...] = ()
    reader: str = ""
    authors: tuple[str, ...] = ()
    input_words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()


class Offer(Struct, frozen=True):
    """A field that a step says it outputs.

    `from_model` is true where it is what a model wrote, in whatever form that liked. `derived_from` names the fields
    its value is computed from; an offer whose value repeats the field itself (`history + [new]`) names its own field
    there. `shape` is the declared type that the value is made as. `check` is the form that a model's answer had to
    have, where the value is one or a part of one. `repeats` is true where it is a list that holds what the field held
    before, `fresh` where it is a list of new things only. `origins` are the kinds of work that write it, sorted, empty
    where nobody has looked. `replaces` is true where it takes the place of what the field holds, past the reducer that
    merges all other writes. `unchanged` is true where it is certainly the number that the field held, or 0; `fixed` is
    the number that it is each time, whatever the step is given. `by_tool` is true where a tool writes it, if the model
    of the step calls that. `labels` are all the texts that it may be, where code or the form of a model's answer lists
    them; `part_labels` are those of its parts, each with its name.
    """

    name: str
    span: Span
    certainty: Certainty = Certainty.CERTAIN
    type: str | None = None
    description: str = ""
    derived_from: tuple[str, ...] = ()
    shape: Shape | None = None
    check: Check | None = None
    from_model: bool = False
    repeats: bool = False
    fresh: bool = False
    origins: tuple[Origin, ...] = ()
    replaces: bool = False
    unchanged: bool = False
    fixed: int | None = None
    by_tool: bool = False
    labels: tuple[str, ...] = ()
    part_labels: tuple[tuple[str, tuple[str, ...]], ...] = ()


class Need(Struct, frozen=True):
    """A field that a step, router or prompt expects.

    `required` is false where the code copes without it (`.get`, a default, a test for presence, a `try`).
    `attributes` are the parts of the field's value that the code goes on to use (`state["plan"].tasks` -> `tasks`);
    `parts` are those of them that it cannot do without, with their places. `wording` is the sentence of a prompt that
    asks for it, with its placeholder in braces. `expectations` are what the code makes of it where it is a text.
    `whole` is true where it is the message itself that is taken, not a part of it: whoever runs was handed one.
    `asked` is true where the code first asks whether such a field is there. `by_key` and `by_attribute` are places
    where the code certainly reads it in that way, and in that way only. `stand_ins` are the fields that it takes where
    this one is empty, or this one where they are, if it reads it in no other way; `elsewhere` is true where it takes
    what something else has under the same name.
    """

    name: str
    span: Span
    required: bool = True
    certainty: Certainty = Certainty.CERTAIN
    type: str | None = None
    description: str = ""
    attributes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    wording: str = ""
    expectations: tuple[FormatExpectation, ...] = ()
    whole: bool = False
    asked: bool = False
    by_key: Span | None = None
    by_attribute: Span | None = None
    stand_ins: tuple[str, ...] = ()
    elsewhere: bool = False


class Field(Struct, frozen=True):
    """A field that a schema declares.

    `reducer` names the function that merges writes, or is None where the last write wins. `preset` is true where a
    reader finds a value before anybody wrote one (a default, or a reducer that starts from an empty value).
    `unset` is true where that value is None, and nothing but a step or a caller puts another in its place; `empty`
    where it is None or an empty text. `shape` is what its type says that values are made of. `keeps_last` is true where
    the reducer does not look at what was there. `fleeting` is true where a value is there for the next superstep only.
    """

    name: str
    span: Span
    type: str | None = None
    reducer: str | None = None
    preset: bool = False
    description: str = ""
    shape: Shape | None = None
    unset: bool = False
    keeps_last: bool = False
    empty: bool = False
    fleeting: bool = False


class Schema(Struct, frozen=True, dict=True):
    """The fields of a state, an input, an output or a message.

    `closed` is false where there may be fields that the source does not show (an unresolved base class, a dynamic
    model, extra fields allowed). `mapping` is true where readers index it by key (`TypedDict`, `dict`), false where
    they read attributes. As a state, `on_undeclared_write` is what becomes of fields that it does not declare,
    `on_concurrent_write` of writes to one field at the same time that nothing merges. `validates` is true where values
    that do not fit are refused when somebody is given them, false where the types are a promise that nobody checks
    while it runs. `precise` is true where readers find just the declared fields, in that way.
    """

    name: str
    fields: tuple[Field, ...]
    span: Span | None
    closed: bool = True
    mapping: bool = True
    on_undeclared_write: Outcome = Outcome.LOST
    on_concurrent_write: Outcome = Outcome.LOST
    validates: bool = False
    precise: bool = False

    def field(self, name: str) -> Field | None:
        """The field called `name`, or None where the schema has none."""
        return self._fields.get(name)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._fields)

    @cached_property
    def _fields(self) -> dict[str, Field]:
        return {field.name: field for field in reversed(self.fields)}


class Payload(Struct, frozen=True):
    """What a fan-out hands to a worker in place of the shared state; `closed` as in `Schema`.

    `is_dict` is true where it is a dict, whatever the worker declares.
    """

    keys: tuple[str, ...]
    span: Span
    closed: bool = True
    is_dict: bool = False
