"""Decisions about who goes next."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.conduct import LabelTest, Threshold
from wflint.model.contract import Certainty, Need, Outcome, Schema
from wflint.model.span import Span


class Route(Struct, frozen=True):
    """A label that a choice can return, and where in its code; `certainty` possible if it depends on the unknown."""

    label: str
    span: Span
    certainty: Certainty = Certainty.CERTAIN


class MappedRoute(Struct, frozen=True):
    """A label of a path map and the step it stands for (a name, even where no step has it)."""

    label: str
    target: str
    span: Span


class Choice(Struct, frozen=True):
    """A decision after a step about who goes next.

    `span` is where it is attached, `decider` the code that decides and `name` what people call it. `routes` are the
    labels it can return; `closed` is true where that list is complete. `declared` are the labels of its return
    annotation; `sticks_to_declared` where the framework takes no others. `together` are the sets of labels that it may
    pick at once, each set instead of the others; None where not all of them are known. `mapping` is the path map, None
    where labels are step names, and `mapping_open` is true where more may be mapped. `may_return_none_at` is a place
    where it may return None, `falls_through` is true where its code, which returns several labels, just ends there.
    `exclusive` is false where it may pick several. `is_goto` is true where the step's own code decides (a goto), while
    it runs. `on_error` is true where an error handler makes it in place of all else that follows the failed step.
    `on_unmapped_label` is what becomes of a run where it returns None or a label that the map lacks; `sees_update`: it
    is shown what its source returned. `own_schema` is what it is shown of the state. `unheard` are labels that it can
    return and no step waits for, where steps wait for labels. `thresholds` are the numbers that its code compares
    fields with, `label_tests` the labels. `settled` are the labels that it may return after what its source has just
    set, None where that is not known. `unreturned` are labels that its code returns for others who build the workflow,
    with other settings. `counts` is true where it goes by how often, how long or how much, and not by what was said.
    """

    source: str
    name: str
    span: Span
    decider: Span | None = None
    routes: tuple[Route, ...] = ()
    closed: bool = False
    declared: tuple[str, ...] | None = None
    sticks_to_declared: bool = False
    mapping: tuple[MappedRoute, ...] | None = None
    mapping_open: bool = False
    may_return_none_at: Span | None = None
    falls_through: bool = False
    exclusive: bool = True
    together: tuple[tuple[str, ...], ...] | None = None
    is_goto: bool = False
    on_error: bool = False
    on_unmapped_label: Outcome = Outcome.STOPS
    needs: tuple[Need, ...] = ()
    needs_open: bool = False
    sees_update: bool = False
    own_schema: Schema | None = None
    unheard: tuple[Route, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    label_tests: tuple[LabelTest, ...] = ()
    settled: tuple[str, ...] | None = None
    unreturned: tuple[str, ...] = ()
    counts: bool = False
