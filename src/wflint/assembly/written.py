"""What documents describe that make a workflow without code, or beside it: lists, entries, other documents."""

from __future__ import annotations

from collections.abc import Callable

from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Location, Mapping, Sequence, Value
from wflint.model.program import Notice

Entry = Callable[[str, Value, Location], Value]
"""What stands for the entry of a key, as it is written and where."""


def listed_like(interp: Interpreter, items: list[Value], like: Value | None) -> Sequence:
    """A list of things, at the place of the list that describes them."""
    made = interp.list_of(items)
    made.location = like.location if isinstance(like, Sequence) else None
    return made


def each_entry(interp: Interpreter, written: Mapping, location: Location, entry: Entry) -> Mapping:
    """The same keys at the same places, with what stands for each; those at no place of their own are at `location`."""
    made = interp.dict_of(written.location or location)
    for key, value in written.content.items():
        made.locations[key] = written.locations.get(key, location)
        made.content[key] = entry(str(key), value, made.locations[key])
    return made


def note_missing(interp: Interpreter, path: str, reason: str, location: Location) -> None:
    """Say what is not known because a document is not in the repository."""
    if interp.linker.sources.document(path) is None:
        interp.misread[Notice(reason, location.span)] = None
