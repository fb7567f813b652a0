"""Steps of one workflow that repeat each other because somebody wants them to: votes, debates, ensembles, copies."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from wflint.analyses.data.impact import Impact
from wflint.model.patterns import pattern
from wflint.model.workflow import Step, Workflow

_SEVERAL: Final = pattern(
    r"""\b(vot(e|es|er|ers|ing)|majority|consensus|ensembles?|debat\w*|argu(e|es|ing|ment)\w*|jur(y|ies|or|ors)|judges?
    |arbit\w+|referees?|independent(ly)?|second\ opinion|opinions?|perspectives?|viewpoints?|persona|personas
    |candidates?|variants?|alternatives?|brainstorm\w*|compare[sd]?|comparing|comparison|best|pick|choose|select\w*
    |rank\w*|reconcile\w*|agree\w*|disagree\w*|cross.?check\w*|double.?check\w*|attempts?|samples?|redundan\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of work that several do on purpose, or of what makes use of several answers."""
_NUMBERED: Final = pattern(r"(?:^|(?<=[\W_]))(?:[a-z]|\d+|one|two|three|four|five)(?=$|[\W_])|\d+", re.IGNORECASE)
"""What tells copies of one name apart."""


def is_intentional(workflow: Workflow, one: Step, other: Step, impact: Impact) -> bool:
    """Whether two steps of a workflow are meant to do the same work."""
    readers = (set(impact.consumers(step.id)) for step in (one, other))
    both = set.intersection(*readers)
    steps = [one, other, *(step for step in workflow.steps if step.id in both)]
    return _are_copies(one, other) or speaks_of_several(steps)


def _are_copies(one: Step, other: Step) -> bool:
    """Whether only a number tells the names apart, or each asks a model of its own."""
    numbered = _NUMBERED.sub("", one.id) == _NUMBERED.sub("", other.id)
    return numbered or (one.model is not None and other.model is not None and one.model != other.model)


def speaks_of_several(steps: Iterable[Step]) -> bool:
    """Whether one of the steps says that several answers are wanted."""
    texts = (f"{step.id.replace('_', ' ')} {step.description}" for step in steps)
    return any(_SEVERAL.search(text) for text in texts)
