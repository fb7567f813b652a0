"""How a finding can be fixed: what a rule asks to be changed, and the changes to the text that this comes to."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.span import Span


class Respell(Struct, frozen=True, tag=True):
    """The one name within a place that is spelt `old` gets to be `new`."""

    span: Span
    old: str
    new: str


class AddArgument(Struct, frozen=True, tag=True):
    """A call gets one more argument by keyword; `position` is where it would stand if it were given by position.

    `method` is what has to be called there; anything will do where it is empty.
    """

    span: Span
    keyword: str
    value: str
    position: int
    method: str = ""


class AddEntry(Struct, frozen=True, tag=True):
    """The dict that has a key at a place gets another entry; `like` is a place that writes the key as the file does."""

    span: Span
    key: str
    value: str
    like: Span | None = None


class RemoveEntry(Struct, frozen=True, tag=True):
    """The entry of a dict whose key is at a place goes."""

    span: Span


class ReadDefault(Struct, frozen=True, tag=True):
    """`state["x"]` becomes `state.get("x", default)`."""

    span: Span
    default: str


class AddField(Struct, frozen=True, tag=True):
    """A class gets one more annotated field, of the type if the file knows it."""

    span: Span
    name: str
    type_: str


class AppendLists(Struct, frozen=True, tag=True):
    """An annotated field that holds a list gets the reducer that joins lists."""

    span: Span


Change = Respell | AddArgument | AddEntry | RemoveEntry | ReadDefault | AddField | AppendLists
"""What a rule asks to be changed in a source that it does not see."""


class Fix(Struct, frozen=True):
    """A way to fix what a rule saw: all of its changes, or none.

    `safe` is true where no program that works today does anything else afterwards.
    """

    title: str
    changes: tuple[Change, ...]
    safe: bool = False


class Edit(Struct, frozen=True, order=True):
    """A stretch of a file and the text that replaces it."""

    span: Span
    text: str


class Patch(Struct, frozen=True):
    """A fix as edits, in order of place."""

    title: str
    safe: bool
    edits: tuple[Edit, ...]


class Idioms(Struct, frozen=True):
    """How programs of a framework write what fixes add; empty where it has no such means.

    `wait_keyword` makes a step wait for all branches, where it is true at the call of `wait_method` that adds the step.
    `limit_keyword` and `limit_value` bound a run, at the call that starts it; the argument may stand at
    `limit_position`. `annotated_reducers` is true where `Annotated[type, function]` says how writes are merged.
    """

    wait_keyword: str = ""
    wait_method: str = ""
    limit_keyword: str = ""
    limit_value: str = ""
    limit_position: int = 0
    annotated_reducers: bool = False
