"""Results that a step is told to use although they certainly do not get to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from msgspec import Struct

from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.prose.statements import Statement, StatementKind, statements_of
from wflint.matching.scorer import CUT
from wflint.matching.subjects import FieldText
from wflint.matching.words import split_name, split_prose, stem
from wflint.model.hidden_result import HiddenResult
from wflint.model.patterns import pattern
from wflint.model.prompt import TextRole
from wflint.model.workflow import Step, Workflow

_TELLING = 2
"""So many words, not all of them empty, describe a result; one alone may mean anything."""
_HEAD = 12
"""What a result is, its text says in so many words."""
_PART = pattern(r"\s+(?:and|against|versus|vs\.?)\s+|\s*&\s*", re.IGNORECASE)
_TURN = pattern(
    r"\s(?:of|from|by|in|on|about|found|provided|made|gathered|collected|written|produced)\s", re.IGNORECASE
)
_OF_STEPS = "results?|outputs?|findings?|reports?|summar(?:y|ies)|answers?|analys[ie]s|lists?|notes?|drafts?"
_NOT = pattern(r"\b(?:not|never|without|instead|avoid|except|ignore|unlike|if|when|unless|next|later)\b", re.IGNORECASE)
"""Words by which a result is spoken of that is not to be used, or not always."""
_EMPTY = frozenset(
    {
        "the", "a", "an", "all", "any", "both", "every", "these", "those", "this", "that", "its", "their", "your",
        "our", "and", "or", "of", "from", "by", "in", "on", "to", "is", "are", "it", "given", "provided", "following",
        "previous", "prior", "above", "below", "earlier", "other", "new", "current", "final", "complete", "full",
        "detailed",
    }
)  # fmt: skip
_KINDS = frozenset(map(stem, ("task", "step", "agent", "node", "stage", "phase", "team", "crew")))
"""Words for steps as such."""
RESULTS = frozenset(
    map(
        stem,
        (
            "result", "output", "finding", "report", "summary", "response", "answer", "content", "information", "data",
            "insight", "detail", "analysis", "document", "note", "text", "draft", "work", "deliverable",
        ),
    )
)  # fmt: skip
"""Words that may be said of any result."""


class Unpassed(Struct, frozen=True):
    """A statement that asks a step for the result of another one that is kept from it, in the words of `phrase`.

    `similarity` is how probably that result is meant, 1 where the step is named.
    """

    step: str
    phrase: str
    statement: Statement
    hidden: HiddenResult
    similarity: float


def unpassed(workflow: Workflow, shared: SharedMatcher) -> tuple[Unpassed, ...]:
    """Every such statement, one for each two steps."""
    found = (one for step in workflow.steps if step.hidden_results for one in _of(step, workflow, shared))
    return tuple({(one.step, one.hidden.step): one for one in found}.values())


def _of(step: Step, workflow: Workflow, shared: SharedMatcher) -> Iterator[Unpassed]:
    hidden = {hidden.step for hidden in step.hidden_results}
    shown = [other for other in workflow.steps if other.id not in hidden]
    asks = [statement for statement in statements_of(step) if statement.kind is StatementKind.ASK]
    read = {need.name for need in step.needs}
    for unseen in step.hidden_results:
        other = workflow.step(unseen.step)
        if other is not None and any(offer.name in read for offer in other.offers):
            continue  # it gets there by its name
        ways = (_standing_alone, _by_its_id, _by_its_key) if other is not None else ()
        bare = next((said for way in ways if other is not None and (said := way(step, other)) is not None), None)
        if bare is not None:
            yield Unpassed(step.id, bare.phrase, bare, unseen, 1.0)
        for ask in asks if other is not None else ():
            assert other is not None
            for part in parts_of(ask.phrase):
                if (similarity := _similarity(part, ask, other, step, shown, shared)) is not None:
                    yield Unpassed(step.id, _shown(part, ask, other), ask, unseen, similarity)


def _standing_alone(step: Step, other: Step) -> Statement | None:
    """The name of what another step makes, at the end of a line that says what comes: where its value was to stand."""
    names = [offer.name for offer in other.offers if "_" in offer.name]
    for text in step.prompt.texts if step.prompt is not None and names else ():
        if text.role is TextRole.INSTRUCTION:
            found = re.search(
                rf":[ \t]*+(?:\n[ \t]*+)?(?P<name>{'|'.join(map(re.escape, names))})[ \t]*+(?:\n|$)", text.text
            )
            if found is not None:
                line = text.text[: found.end()].rstrip().rsplit("\n", 2 if "\n" in found[0].rstrip() else 1)[-1]
                return Statement(StatementKind.ASK, found["name"], line.strip(), text.span)
    return None


def _by_its_id(step: Step, other: Step) -> Statement | None:
    """A sentence that speaks of the result of another step by its id: "the findings of the audit_books task"."""
    if "_" not in other.id:
        return None
    name = rf"['\"`]?{re.escape(other.id)}['\"`]?(?!\w)"
    of_it = rf"\b(?:{_OF_STEPS})\s+(?:of|from)\s+(?:the\s+)?{name}"
    said = re.compile(rf"(?i){of_it}|(?<!\w){name}(?:'s)?\s+(?:{_OF_STEPS})\b")
    for text in step.prompt.texts if step.prompt is not None else ():
        for sentence in text.sentences if text.role is TextRole.INSTRUCTION and other.id in text.text else ():
            found = said.search(sentence)
            if found is not None and not _NOT.search(sentence):
                return Statement(StatementKind.ASK, other.id, sentence, text.span)
    return None


_KEEPS: Final = pattern(r"\b(?:save|store|write|put|output|return|set|record|emit)\b", re.IGNORECASE)
"""Words by which somebody is told to keep a result."""


def _by_its_key(step: Step, other: Step) -> Statement | None:
    """A sentence that speaks of what another step makes by its name: "the recipe stored under recipe_text"."""
    names = [offer.name for offer in other.offers if "_" in offer.name]
    if not names:
        return None
    said = re.compile(
        r"(?i)\b(?:from|under|in|of|using|use|read|see|key|with|named|called)\s+(?:[a-z]+\s+){0,3}"
        rf"['\"`]?(?P<name>{'|'.join(map(re.escape, names))})['\"`]?(?!\w)"
    )
    for text in step.prompt.texts if step.prompt is not None else ():
        for sentence in text.sentences if text.role is TextRole.INSTRUCTION else ():
            found = said.search(sentence) if any(name in sentence for name in names) else None
            if found is not None and not _NOT.search(sentence) and not _KEEPS.search(sentence):
                return Statement(StatementKind.ASK, found["name"], sentence, text.span)
    return None


def _similarity(
    part: str, ask: Statement, other: Step, step: Step, shown: Iterable[Step], shared: SharedMatcher
) -> float | None:
    """How probably a part of a statement means the result of another step; None where it may well mean another."""
    wanted = words_of(part)
    if _names(wanted, other, ask):
        return None if any(_names(wanted, one, ask) for one in shown) else 1.0
    if wanted <= _asked_otherwise(step):
        return None
    told = len(wanted) >= _TELLING and wanted - RESULTS and wanted <= _made(other)
    if not told or step.tools or step.tools_open or any(wanted <= _made(one) for one in shown):
        return None
    (match,) = shared.matcher.match_fields([(_offer(other), FieldText(part, "str", prompt=ask.sentence))], CUT)
    return match.similarity if match is not None else None


def _shown(part: str, ask: Statement, other: Step) -> str:
    """The words that mean the other step."""
    return ask.phrase if other.id in ask.phrase and other.id not in part else part


def parts_of(phrase: str) -> tuple[str, ...]:
    """The phrase up to where it goes on about something else, as a whole and in its parts."""
    whole = _TURN.split(phrase, maxsplit=1)[0]
    return tuple(dict.fromkeys((whole, *_PART.split(whole))))


@cache
def words_of(text: str) -> frozenset[str]:
    """What a text speaks of, endings aside."""
    return frozenset(stem(word) for word in split_prose(text) if word not in _EMPTY)


def _names(wanted: frozenset[str], step: Step, ask: Statement) -> bool:
    """Whether some words are the name of a step, of what it makes, or of who does its work."""
    names = (step.id, *(offer.name for offer in step.offers))
    if any("_" in name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", ask.phrase) for name in names):
        return True
    own = _name(step)
    named = bool(own) and wanted - _KINDS - RESULTS == own and wanted != own
    worker = words_of(step.worker)
    return named or (len(worker) >= _TELLING and wanted - RESULTS == worker)


def _name(step: Step) -> frozenset[str]:
    return frozenset(map(stem, split_name(step.id))) - _KINDS - RESULTS


def _made(step: Step) -> frozenset[str]:
    """What a step makes, in words: its name, and how its results are called and described."""
    words = [stem(word) for offer in step.offers for word in split_name(offer.name)]
    for text in _results(step):
        words += [stem(word) for word in split_prose(text) if word not in _EMPTY][:_HEAD]
    return frozenset(words) | _name(step)


def _results(step: Step) -> Iterator[str]:
    yield from (offer.description for offer in step.offers)
    yield from (one.phrase for one in statements_of(step) if one.kind is StatementKind.PROMISE)


def _asked_otherwise(step: Step) -> frozenset[str]:
    """What the step is handed by name or makes itself."""
    handed = frozenset(stem(word) for need in step.needs for word in split_name(need.name))
    return handed | _made(step)


def _offer(step: Step) -> FieldText:
    offer = step.offers[0] if step.offers else None
    described = offer.description if offer is not None and offer.description else next(_results(step), "")
    name = offer.name if offer is not None else step.id
    return FieldText(name, offer.type or "str" if offer is not None else "str", described)
