"""Tools and agents that a prompt tells the model to use, and that it does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from wflint.model.patterns import pattern
from wflint.model.prompt import PromptText, TextRole
from wflint.model.workflow import Aspect, EdgeKind, Step, StepKind, Workflow

_NAME: Final = r"[`'\"]?(?P<name>[A-Za-z]\w*_\w+)(?:\(\))?[`'\"]?"
"""A name that is no word of plain English."""
_QUOTED: Final = r"(?:`(?P<ticked>[A-Za-z]\w+)`|'(?P<single>[A-Za-z]\w+)'|\"(?P<double>[A-Za-z]\w+)\")"
_USING: Final = r"\b(?:us(?:e|es|ing)|call(?:s|ing)?|invok(?:e|es|ing))\s+(?:the\s+|your\s+)?"
TOOL: Final = (
    pattern(
        rf"(?i){_USING}`(?P<name>[A-Za-z]\w*_\w+)(?:\(\))?`(?!\s+(?:field|key|state|format|parameter|argument|value))"
    ),
    pattern(rf"(?i){_USING}(?:{_NAME}|{_QUOTED})\s+(?:tool|function)\b"),
    pattern(
        r"(?i)\b(?:call(?:s|ing)?|invok(?:e|es|ing))\s+(?:the\s+)?(?P<name>[a-z]\w*_\w+)\b"
        r"(?!\s+(?:field|key|state|format|parameter|argument|value|agent|api|endpoint|service)|[-/.]\w)"
    ),
    pattern(rf"(?i)\b(?:the|your)\s+(?:tool|function)\s+{_NAME}"),
    pattern(rf"(?i)\b(?:the|your)\s+{_NAME}\s+(?:tool|function)\b"),
    pattern(
        r"(?i)\b(?:with|via|through|using)\s+(?:the\s+)?[`'\"]?(?P<name>(?:add|check|create|delete|fetch|find|get|list|load"
        r"|look_up|query|read|record|save|search|send|store|update|write)_\w+)\b"
        r"(?![`'\"]?\s+(?:field|key|state|format|parameter|argument|value|agent|api|endpoint|service)|[-/.]\w)"
    ),
)
"""Ways to tell a model to use a tool, with the tool's name."""
_OVER: Final = r"\b(?:transfer|hand(?:[ -]?(?:off|over))?|delegate|escalate)\s+(?:[\w'-]+\s+){0,4}?to\s+(?:the\s+)?"
AGENT: Final = (pattern(rf"(?i:{_OVER})(?:{_QUOTED}|(?P<plain>[A-Za-z]\w*_\w*[Aa]gent|[A-Z]\w*Agent)\b)"),)
"""Ways to tell a model to hand over to an agent, with the agent's name."""
_TO: Final = (
    r"\b(?:go(?:es)?|rout(?:e|es|ed|ing)|pass(?:es)?|send(?:s)?|forward(?:s)?)\s+(?:[\w'-]+\s+){0,4}?to\s+(?:the\s+)?"
)
_SPACED: Final = r"(?:`(?P<ticked>[A-Za-z][\w ]*\w)`|'(?P<single>[A-Za-z][\w ]*\w)'|\"(?P<double>[A-Za-z][\w ]*\w)\")"
KIN: Final = (pattern(rf"(?i)(?:{_OVER}|{_TO})(?:{_SPACED}|(?P<plain>[a-z]\w*_\w+)\b)"),)
"""The same said in other words, or with a name in several: an agent is meant where it is called as others are."""
ENTRY: Final = pattern(
    r"\s*(?:[-*•]\s*|\d+[.)]\s*)?[`'\"*]{0,3}(?P<name>[A-Za-z]\w*)[`'\"*]{0,3}\s*(?:\([^()]*\)\s*)?(?::|[\u2013\u2014]|-\s)\s*\S"
)
"""A line of a list that says of each name what it is or does."""
IN_CODE: Final = pattern(r"\w*[a-z]\w*_\w+|[A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+")
"""A name that is no word of plain English, and no heading."""
FEWEST_LISTED: Final = 2
"""So many agents make a list one of agents."""
NEGATED: Final = pattern(r"(?i)\b(?:not|never|no longer|instead of|without|don't|doesn't|isn't|avoid)\b")
LEADING: Final = (EdgeKind.HANDOFF, EdgeKind.CONDITIONAL)


class NamedPart(Struct, frozen=True):
    """A name in a text of a step's prompt, of a tool or an agent that the step does not have; `near` may be meant."""

    step: Step
    text: PromptText
    name: str
    is_agent: bool
    known: tuple[str, ...]


def missing_parts(workflow: Workflow) -> Iterator[NamedPart]:
    """Every such name, once a step; of steps whose tools, or agents to hand over to, are all known."""
    for step in workflow.steps:
        if step.kind is not StepKind.AGENT or step.prompt is None:
            continue
        known: frozenset[str] | None = None  # what many steps have to say takes its time
        seen: set[str] = set()
        for text in step.prompt.texts:
            if text.role in (TextRole.ABOUT, TextRole.STANDARD):
                continue
            for name in _listed_beside(workflow, text):
                known = _known(workflow, step) if known is None else known
                if name not in seen and not _has(known, name):
                    seen.add(name)
                    yield NamedPart(step, text, name, is_agent=True, known=_agents(workflow, step))
            handed_to = _handed_to(workflow, step)
            for name, is_agent in _named(text, handed_to):
                shown = handed_to if is_agent else step.tools
                if not shown or name in seen or not _is_told_all(workflow, step, is_agent):
                    continue
                known = _known(workflow, step) if known is None else known
                if not _has(known, name):
                    seen.add(name)
                    yield NamedPart(step, text, name, is_agent, shown)


def _named(text: PromptText, handed_to: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    kinds = frozenset(map(_kind, handed_to)) - {""}
    for sentence in text.sentences:
        for patterns, is_agent in ((TOOL, False), (AGENT, True), (KIN, True)):
            for found in (match for each in patterns for match in each.finditer(sentence)):
                name = next(name for name in found.groups() if name)
                if NEGATED.search(sentence[: found.start()]) or (patterns is KIN and _kind(name) not in kinds):
                    continue
                if is_agent or not _is_key(name, text.text):
                    yield name, is_agent


def _is_key(name: str, text: str) -> bool:
    """Whether a text shows data with a key of this name, or a call with an argument of it: no tool is meant."""
    return any(f"{quote}{name}{quote}:" in text for quote in "\"'") or re.search(rf"\b{name}=(?!=)", text) is not None


def _listed_beside(workflow: Workflow, text: PromptText) -> Iterator[str]:
    """The names in a list of agents that no agent has: several entries in a row are agents of the workflow."""
    if workflow.open_to(Aspect.STEPS) or not workflow.complete_edges:
        return
    block: list[str] = []
    for line in (*text.text.splitlines(), ""):
        found = ENTRY.match(line)
        if found is not None:
            block.append(found["name"])
            continue
        if sum(name in workflow.index.steps for name in block) >= FEWEST_LISTED:
            yield from (name for name in block if name not in workflow.index.steps and IN_CODE.fullmatch(name))
        block = []


def _agents(workflow: Workflow, step: Step) -> tuple[str, ...]:
    return tuple(one.id for one in workflow.steps if one.kind is StepKind.AGENT and one is not step)


def _kind(name: str) -> str:
    """What the last word of a name says that something is: "refunds_desk" is a desk; nothing where it is one word."""
    first, *more = re.split(r"[\s_]+", name.strip().lower())
    return more[-1] if first and more else ""


def _is_told_all(workflow: Workflow, step: Step, is_agent: bool) -> bool:  # noqa: FBT001 - which of the two it is about
    """Whether all tools, or all agents to hand over to, are known by the names that the model is told."""
    if step.turns_to is None:
        return False
    if is_agent:
        return step.id not in workflow.open_sources and workflow.complete_edges
    led = any(edge.kind is EdgeKind.CONDITIONAL for edge in workflow.index.edges_from(step.id))
    return not (step.tools_open or led) and all(re.fullmatch(r"[a-z]\w*", tool) for tool in step.tools)


def _handed_to(workflow: Workflow, step: Step) -> tuple[str, ...]:
    edges = workflow.index.edges_from(step.id)
    return tuple(dict.fromkeys(edge.label or edge.target for edge in edges if edge.kind is EdgeKind.HANDOFF))


def _known(workflow: Workflow, step: Step) -> frozenset[str]:
    """Everything in the workflow that a text may mean by a name."""
    fields = [offer.name for each in workflow.steps for offer in each.offers]
    fields += [need.name for each in workflow.steps for need in each.needs]
    fields += [field.name for field in workflow.state.fields] if workflow.state is not None else []
    leading = [edge for edge in workflow.index.edges_from(step.id) if edge.kind in LEADING]
    led = [name for edge in leading for name in (edge.target, edge.label) if name]
    besides = step.turns_to or ()
    return frozenset(map(_bare, (*step.tools, *led, *(f"transferto{name}" for name in led), *besides, *fields)))


def _has(known: frozenset[str], name: str) -> bool:
    """Whether a name, or a longer or shorter form of it, is known."""
    bare = _bare(name)
    return any(bare in other or (other and other in bare) for other in known)


def _bare(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.lower())
