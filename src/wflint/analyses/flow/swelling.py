"""Prompts that grow in a loop: a step tells its model all of a field to which each round adds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct

from wflint.analyses.flow.loops import Loop
from wflint.analyses.flow.wiring import replaces_state
from wflint.model.conduct import Told
from wflint.model.contract import APPENDING
from wflint.model.workflow import Exchange, Step, Workflow


class Swelling(Struct, frozen=True):
    """A step of a loop that tells its model all of a field, and the steps of the loop that add to it."""

    step: str
    told: Told
    adding: tuple[str, ...]


def swelling(workflow: Workflow, loops: Iterable[Loop]) -> Iterator[Swelling]:
    """Every such step, each field once."""
    if workflow.exchange is not Exchange.STATE:
        return
    seen: set[tuple[str, str]] = set()
    for loop in loops:
        adding = _adding(workflow, loop)
        for step in filter(None, map(workflow.step, loop.steps)):
            if _has_own_input(step, workflow):
                continue
            for told in step.conduct.told_whole:
                if told.name in adding and (step.id, told.name) not in seen:
                    seen.add((step.id, told.name))
                    yield Swelling(step.id, told, adding[told.name])


def _has_own_input(step: Step, workflow: Workflow) -> bool:
    """Whether a step gets a payload whenever it runs: what it reads there is not the state, whatever the names."""
    return all(map(replaces_state, workflow.index.edges_into(step.id)))


def _adding(workflow: Workflow, loop: Loop) -> dict[str, tuple[str, ...]]:
    """The fields that steps of the loop make longer, and none makes shorter."""
    fields = workflow.state.fields if workflow.state is not None else ()
    appended = {field.name for field in fields if field.reducer in APPENDING and "int" not in (field.type or "")}
    merged = {field.name for field in fields if field.reducer is not None}
    found: dict[str, tuple[str, ...]] = {}
    cut: set[str] = set()
    for step in filter(None, map(workflow.step, loop.steps)):
        for offer in step.offers:
            if offer.name in appended or (offer.name in step.conduct.extended and offer.name not in merged):
                found[offer.name] = (*found.get(offer.name, ()), step.id)
            else:
                cut.add(offer.name)
    return {name: tuple(dict.fromkeys(steps)) for name, steps in found.items() if name not in cut}
