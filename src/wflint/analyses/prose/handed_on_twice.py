"""Agents that are told to hand over to several others in turn: the first of them keeps the run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct

from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.prose.handed_first import HANDING
from wflint.model.patterns import pattern
from wflint.model.prompt import PromptText, TextRole
from wflint.model.workflow import Edge, EdgeKind, Step, StepKind, Workflow

_BESIDE: Final = 60
"""So many characters stand between the word for handing over and the name of who is handed to."""
ORDER: Final = pattern(
    r"(?i)\b(?:then|next|afterwards?|after (?:that|it|this)|finally|both|second(?:ly)?|once (?:it|that|this) is)\b"
    r"|(?:^|\n)\s*[2-9][.)]"
)
"""Signs, between two names, that both are handed to."""
EITHER: Final = pattern(r"(?i)\b(?:or|if|unless|otherwise|instead|when|for|only|either|depending|not|never)\b")
"""Signs that it is one or the other."""
FAR: Final = 240


class HandedOnTwice(Struct, frozen=True):
    """A step that is told to hand over along `first` and after that along `second`, in a text."""

    step: Step
    first: Edge
    second: Edge
    text: PromptText


def handed_on_twice(workflow: Workflow, reachability: Reachability) -> Iterator[HandedOnTwice]:
    """Every such step where nothing leads from the first one to the second, or back."""
    for step in workflow.steps:
        edges = [edge for edge in workflow.index.edges_from(step.id) if edge.kind is EdgeKind.HANDOFF]
        several = step.kind is StepKind.AGENT and len(edges) > 1 and step.prompt is not None
        for text in step.prompt.texts if several and step.prompt is not None else ():
            if text.role not in (TextRole.INSTRUCTION, TextRole.RESULT):
                continue
            pair = _pair(text.text, edges)
            if pair is not None and not _goes_on(workflow, reachability, step, pair):
                yield HandedOnTwice(step, *pair, text)
                break


def _goes_on(workflow: Workflow, reachability: Reachability, step: Step, pair: tuple[Edge, Edge]) -> bool:
    """Whether the first one may give the run back, or hand it on to the second, by an edge or a tool of its own."""
    wanted = (step.id, pair[1].target)
    if any(reachability.leads(pair[0].target, to) for to in wanted):
        return True
    first = workflow.step(pair[0].target)
    return first is None or first.turns_to is None or any(to in first.turns_to for to in wanted)


def _pair(text: str, edges: list[Edge]) -> tuple[Edge, Edge] | None:
    """The first two edges that a text speaks of one after the other, both as hand-offs to be made."""
    by_name = {_plain(edge.target): edge for edge in edges}
    names = "|".join(re.escape(edge.target).replace(r"\ ", r"[ _]").replace("_", "[ _]") for edge in edges)
    handed = re.compile(rf"(?i){HANDING}\b[^.;\n]{{0,{_BESIDE}}}?(?<!\w)(?P<name>{names})(?!\w)")
    found = list(handed.finditer(text))
    for one, other in pairwise(found):
        between = text[one.end("name") : other.start("name")]
        first, second = by_name.get(_plain(one["name"])), by_name.get(_plain(other["name"]))
        apart = first is not None and second is not None and first is not second and len(between) <= FAR
        if apart and ORDER.search(between) and not EITHER.search(between) and first is not None and second is not None:
            return first, second
    return None


def _plain(name: str) -> str:
    return name.lower().replace("_", " ")
