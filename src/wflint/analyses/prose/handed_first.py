"""Typed answers of agents that are told to hand over before they answer: whoever gets the run answers instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from wflint.analyses.flow.reachability import Reachability
from wflint.model.contract import Origin
from wflint.model.patterns import pattern
from wflint.model.prompt import TextRole
from wflint.model.workflow import Edge, EdgeKind, Step, StepKind, Workflow

_WHAT: Final = r"(?:it|this|the [\w ]{1,30}?|everything|control)\s+"
HANDING: Final = rf"(?:hand(?:s|ing)?[ -]?(?:{_WHAT})?(?:off|over)|transfer\w*|delegat\w+)"
_WHEN: Final = r"(?:always|first|immediately|must|then|finally|once [\w ]{1,40},?|after [\w ]{1,40},?)"
ALWAYS: Final = pattern(
    rf"(?i)\b{_WHEN}\s+(?:[\w'-]+,?\s+){{0,3}}?{HANDING}\b"
    rf"|\b{HANDING}\b[^.;]{{0,60}}?\b(?:first|before (?:you )?\w+|every time|in any case)\b"
    rf"|^{HANDING}\b[^.;]{{0,40}}\bto\b"
)
"""Ways to tell an agent that it hands over in any case."""
CONDITION: Final = pattern(
    r"(?i)\b(?:if|when(?:ever)?|unless|only|otherwise|in case|depending|or|for)\b"
    r"|(?<!that )(?<!who )(?<!which )\b(?:may|can|could)\b"
    r"|\bshould (?:the|a|an|you|it)\b"
)


TO: Final = pattern(rf"(?i)\b{HANDING}\b[^.;]{{0,60}}?\bto\b")
ELSE: Final = pattern(
    r"(?i)^(?:if|when|for|in|with)\b[^,;:]{0,40}?\b(?:anything|everything|something|all|any) (?:else|others?\b)"
    r"|^otherwise\b|^else\b|\b(?:anything|everything|something) else\b"
)
"""Ways to speak of all that was not yet spoken of."""
UNSURE: Final = pattern(r"(?i)\b(?:not|never|don't|can|could|may|might|yourself|unless|only)\b")


class HandedFirst(Struct, frozen=True):
    """An agent with a declared form for its answer, the sentence by which it hands over, and where to."""

    step: Step
    sentence: str
    edges: tuple[Edge, ...]


def handed_first(workflow: Workflow, reachability: Reachability) -> Iterator[HandedFirst]:
    """The reached agents with such an answer, where none of those that they hand over to leads back."""
    for step in workflow.steps:
        if step.kind is StepKind.AGENT and step.id in reachability.reached and _is_formed(step):
            edges = tuple(e for e in workflow.index.edges_from(step.id) if e.kind is EdgeKind.HANDOFF)
            back = any(reachability.leads(edge.target, step.id) for edge in edges)
            sentence = _told(step, edges) if edges and not back else None
            if sentence is not None:
                yield HandedFirst(step, sentence, edges)


def _is_formed(step: Step) -> bool:
    return any(offer.origins == (Origin.MODEL_FORM,) for offer in step.offers)


def _told(step: Step, edges: tuple[Edge, ...]) -> str | None:
    """The sentence that tells the step to hand over, whatever happens; to one or another of its targets is the same."""
    names = "|".join(re.escape(edge.target) for edge in edges)
    either = re.compile(rf"(?i)({names}),? or (?:to )?(?:the )?(?={names})")
    for text in step.prompt.texts if step.prompt is not None else ():
        if text.role in (TextRole.INSTRUCTION, TextRole.RESULT):
            for sentence in text.sentences:
                if ALWAYS.search(sentence) and not CONDITION.search(either.sub(r"\1 and ", sentence)):
                    return sentence
            if (rest := _for_the_rest(text.sentences)) is not None:
                return rest
    return None


def _for_the_rest(sentences: Sequence[str]) -> str | None:
    """The sentence that hands over whatever one before it did not."""
    handing = [sentence for sentence in sentences if TO.search(sentence) and not UNSURE.search(sentence)]
    return next((sentence for sentence in handing[1:] if ELSE.search(sentence)), None)
