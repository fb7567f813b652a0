"""Methods of builders that a front end knows nothing of, such as those of newer versions."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.assembly.draft import Draft
from wflint.evaluate.events import Event
from wflint.evaluate.library import Table
from wflint.model.workflow import Aspect

SETTINGS = ("with_", "set_", "enable_", "disable_", "on_")
"""How the names of methods begin that change nothing about who works with whom."""


def open_unmodelled(draft: Draft, events: Iterable[Event], table: Table) -> None:
    """Say of each such method, once, that it may have added steps and edges; `events` are the calls on a builder."""
    unknown = [event for event in events if event.path not in table.calls]
    first = {event.path.rpartition(".")[2]: event for event in reversed(unknown)}
    for method, event in sorted(first.items(), key=lambda item: item[1].place.span):
        if not method.startswith(SETTINGS):
            draft.open(
                f'the effect of "{method}" on the workflow is not known statically', event.place.span, Aspect.STEPS
            )
