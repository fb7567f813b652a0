"""Workflows and edges by the names that people give them; one that fits nothing is a mistake of theirs."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from wflint.errors import UsageError
from wflint.model.workflow import Edge, Workflow

SHOWN = 4
"""Names that an error lists where none is near what was asked for."""


def workflows_named(workflows: Iterable[Workflow], wanted: Iterable[str]) -> tuple[Workflow, ...]:
    """The workflows of these ids or names, by id; all where none is named."""
    everything = tuple(workflows)
    names = {name for workflow in everything for name in (workflow.id, workflow.name)}
    asked = {known(text, names, "workflow") for text in wanted}
    chosen = (workflow for workflow in everything if not asked or asked & {workflow.id, workflow.name})
    return tuple(sorted(chosen, key=lambda workflow: workflow.id))


def arrow(edge: Edge) -> str:
    """The name of an edge within its workflow."""
    return f"{edge.source}->{edge.target}"


def edges_named(workflows: Iterable[Workflow], wanted: Iterable[str]) -> frozenset[str]:
    """The edges of these names, spelt as `arrow` does; blanks around the arrow do not count."""
    names = {arrow(edge) for workflow in workflows for edge in workflow.edges}
    return frozenset(known(text.replace(" -> ", "->").strip(), names, "edge") for text in wanted)


def known(text: str, names: Collection[str], kind: str) -> str:
    """The name itself; `UsageError`, with the nearest right one, where there is none like it."""
    if text in names:
        return text
    near = difflib.get_close_matches(text, sorted(names), n=1)
    if near:
        raise UsageError(f"there is no {kind} {text!r}; did you mean {near[0]!r}?")
    there = ", ".join(repr(name) for name in sorted(names)[:SHOWN]) + (", ..." if len(names) > SHOWN else "")
    raise UsageError(f"there is no {kind} {text!r}; there is {there or 'none at all'}")
