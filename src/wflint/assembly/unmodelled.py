"""Methods of builders that a front end knows nothing of, such as those of newer versions."""

from __future__ import annotations

from collections.abc import Iterable

from wflint.assembly.draft import Draft
from wflint.evaluate.events import ApiCall
from wflint.evaluate.library import LibraryModel
from wflint.model.workflow import Aspect

SETTINGS = ("with_", "set_", "enable_", "disable_", "on_")
"""How the names of methods begin that change nothing about who works with whom."""


def open_unmodelled(draft: Draft, api_calls: Iterable[ApiCall], table: LibraryModel) -> None:
    """Say of each such method, once, that it may have added steps and edges; `events` are the calls on a builder."""
    unknown = [api_call for api_call in api_calls if api_call.path not in table.calls]
    first = {api_call.method: api_call for api_call in reversed(unknown)}
    for method, api_call in sorted(first.items(), key=lambda item: item[1].location.span):
        if not method.startswith(SETTINGS):
            draft.open(f'the effect of "{method}" on the workflow is not known statically', api_call.span, Aspect.STEPS)
