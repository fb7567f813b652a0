"""Tools that an assistant is told to call one after the other, with no more than one round of calls (autogen 0.7)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from wflint.assembly.chains.code_loops import is_looped
from wflint.assembly.sequences import is_known, is_unset
from wflint.evaluate.interpreter import Interpreter
from wflint.evaluate.values import Const, Object, text_of
from wflint.frontends.autogen.participants import AGENT
from wflint.frontends.autogen.table import ASSISTANT
from wflint.model.patterns import pattern
from wflint.model.workflow import Fault, FaultKind

ROUNDS = "max_tool_iterations"
ORDER = pattern(
    r"(?i)\b(?:then|next|afterwards?|after that|finally|secondly|once (?:you have|that is|it)"
    r"|with (?:that|the|its|this))\b|(?:^|\n)\s*[2-9][.)]"
)
"""Signs, between two names, that the second one comes after the first one and needs what that gives."""
EITHER = pattern(r"(?i)\b(?:or|if|unless|otherwise|instead|when|only)\b")
FAR = 240
"""So many characters may stand between two names that belong together."""


def too_few_rounds(interp: Interpreter) -> Iterator[Fault]:
    """Assistants that are run alone, once, and stop after the first of the tools that they are told to call."""
    counts = Counter(id(called.subject) for called in interp.api_calls)
    for called in interp.api_calls:
        agent = called.subject
        if not isinstance(agent, Object) or agent.path != ASSISTANT or called.method not in ("run", "run_stream"):
            continue
        if counts[id(agent)] > 1 or is_looped(called):
            continue  # it may go on in the next run
        rounds = agent.arguments.get(ROUNDS)
        once = is_unset(rounds) or rounds == Const(value=1)
        told = text_of(agent.arguments.get("system_message"))
        known = agent.cls is None and not agent.arguments.open and is_known(agent.arguments.get("tools"))
        pair = _in_turn(told, AGENT.tools(agent.arguments.get("tools"))) if once and told and known else None
        if pair is not None:
            name = text_of(agent.arguments.get("name", 0))
            text = f'the call of "{pair[1]}", which agent "{name}" is told to make after "{pair[0]}",'
            why = f"it calls tools in one round only, and then answers; set `{ROUNDS}`"
            yield Fault(FaultKind.IDLE, text, agent.site.span, called.span, why, may_be=True)


def _in_turn(told: str, tools: tuple[str, ...]) -> tuple[str, str] | None:
    """The first two tools that a text names one after the other, with a word between them that says so."""
    names = "|".join(re.escape(tool) for tool in sorted(tools, key=len, reverse=True))
    found = list(re.finditer(rf"(?<!\w)(?:{names})(?!\w)", told)) if len(tools) > 1 else []
    for first, second in pairwise(found):
        between = told[first.end() : second.start()]
        if first[0] != second[0] and len(between) <= FAR and ORDER.search(between) and not EITHER.search(between):
            return first[0], second[0]
    return None
