"""Methods of builders that a front end knows nothing of, such as those of newer versions."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.assembly.draft import Draft
from wflint.evaluate.events import Event
from wflint.evaluate.library import Table
from wflint.model.workflow import Aspect


def open_unfamiliar(draft: Draft, events: Iterable[Event], table: Table) -> None:
    """Say of each such method, once, that it may have added steps and edges; `events` are the calls on a builder."""
    first = {event.path: event for event in reversed(list(events)) if event.path not in table.calls}
    for event in sorted(first.values(), key=lambda event: event.place.span):
        method = event.path.rpartition(".")[2]
        draft.open(f'what "{method}" adds to the workflow cannot be told', event.place.span, Aspect.STEPS)
