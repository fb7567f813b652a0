"""Steps of one workflow that repeat each other because somebody wants them to: votes, debates, ensembles, copies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from wflint.analyses.data.impact import Impact
from wflint.model.workflow import Step, Workflow

_SEVERAL: Final = re.compile(
    r"""\b(vot(e|es|er|ers|ing)|majority|consensus|ensembles?|debat\w*|argu(e|es|ing)|jur(y|ies|or|ors)|judges?
    |arbit\w+|referees?|independent(ly)?|second\ opinion|opinions?|perspectives?|viewpoints?|persona|personas
    |candidates?|variants?|alternatives?|brainstorm\w*|disagree\w*|cross.?check\w*|double.?check\w*|attempts?|samples?
    |redundan\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of work that several do on purpose."""
_OF_SEVERAL: Final = re.compile(
    r"\b(compar(e|es|ed|ing|ison)|best|better|pick|choose|select\w*|rank\w*|reconcile\w*|agree\w*|merg\w+|combin\w+)\b",
    re.IGNORECASE,
)
"""Words of work that makes use of several answers."""
_NUMBERED: Final = re.compile(r"(?:^|(?<=[\W_]))(?:[a-z]|\d+|one|two|three|four|five)(?=$|[\W_])|\d+", re.IGNORECASE)
"""What tells copies of one name apart."""


def is_intentional(workflow: Workflow, one: Step, other: Step, impact: Impact) -> bool:
    """Whether two steps of a workflow are meant to do the same work."""
    readers = (_readers(workflow, step, impact) for step in (one, other))
    both = set.intersection(*readers)
    gathering = [step for step in workflow.steps if step.id in both]
    several = _speaks_of(_SEVERAL, (one, other, *gathering)) or _speaks_of(_OF_SEVERAL, gathering)
    return several or _are_copies(one, other)


def _readers(workflow: Workflow, step: Step, impact: Impact) -> set[str]:
    """Who uses what a step makes, as far as it is known, and who comes next."""
    return {*impact.consumers(step.id), *(edge.target for edge in workflow.index.edges_from(step.id))}


def _are_copies(one: Step, other: Step) -> bool:
    """Whether only a number tells the names apart, or each asks a model of its own."""
    numbered = _NUMBERED.sub("", one.id) == _NUMBERED.sub("", other.id)
    return numbered or (one.model is not None and other.model is not None and one.model != other.model)


def _speaks_of(words: re.Pattern[str], steps: Iterable[Step]) -> bool:
    """Whether the name of one of the steps, or what is said about it, has one of the words."""
    return any(words.search(f"{step.id.replace('_', ' ')} {step.description}") for step in steps)
