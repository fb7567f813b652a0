"""Steps of one workflow that repeat each other because somebody wants them to: votes, debates, ensembles, copies."""

from __future__ import annotations

import re
from typing import Final

from wflint.analyses.data.impact import Impact
from wflint.analyses.repetition.comparing import said
from wflint.model.patterns import pattern
from wflint.model.workflow import Exchange, Step, Workflow

_SEVERAL: Final = pattern(
    r"""\b(vot(e|es|er|ers|ing)|majority|consensus|ensembles?|debat\w*|argu(e|es|ing)|jur(y|ies|or|ors)|judges?
    |arbit\w+|referees?|independent(ly)?|second\ opinion|opinions?|perspectives?|viewpoints?|persona|personas
    |candidates?|variants?|alternatives?|brainstorm\w*|disagree\w*|cross.?check\w*|double.?check\w*|attempts?|samples?
    |redundan\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of work that several do on purpose."""
_OF_SEVERAL: Final = pattern(
    r"""\b(compar(e|es|ed|ing|ison)|(best|better|stronger)\ of|choos(e|es|ing)|picks?|select(s|ing)?|ranks?
    |reconcil\w*)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""Words of work that makes use of several answers."""
_NUMBERED: Final = pattern(r"(?:^|(?<=[\W_]))(?:[a-z]|\d+|one|two|three|four|five)(?=$|[\W_])|\d+", re.IGNORECASE)
"""What tells copies of one name apart."""


def is_intentional(workflow: Workflow, one: Step, other: Step, impact: Impact) -> bool:
    """Whether two steps of a workflow are meant to do the same work."""
    both = set.intersection(*(_readers(workflow, step, impact) for step in (one, other)))
    gathering = [step for step in workflow.steps if step.id in both]
    own = (f"{step.id.replace('_', ' ')} {step.description}" for step in (one, other))
    told = [f"{step.id.replace('_', ' ')} {said(step)}" for step in gathering]
    several = any(_SEVERAL.search(text) for text in (*own, *told)) or any(_OF_SEVERAL.search(text) for text in told)
    return several or _are_copies(one, other)


def _readers(workflow: Workflow, step: Step, impact: Impact) -> set[str]:
    """Who uses what a step makes, as far as it is known, and who comes next; all who follow, where messages go on."""
    following = {edge.target for edge in workflow.index.edges_from(step.id)}
    pending = list(following) if workflow.exchange is Exchange.MESSAGES else []
    while pending:
        new = {edge.target for edge in workflow.index.edges_from(pending.pop())} - following
        following |= new
        pending.extend(new)
    return {*impact.consumers(step.id), *following}


def _are_copies(one: Step, other: Step) -> bool:
    """Whether only a number tells the names apart, or each asks a model of its own."""
    numbered = _NUMBERED.sub("", one.id) == _NUMBERED.sub("", other.id)
    return numbered or (one.model is not None and other.model is not None and one.model != other.model)
