"""Results that a step is told to use and that get to it in words alone: no field names them on either side.

Nothing is wrong with that. What the text asks for and what an earlier step makes are only held together by how alike
they sound, and whoever rewords one of them will not see the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import TYPE_CHECKING

from msgspec import Struct

from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.prose.statements import Statement, StatementKind, statements_of
from wflint.analyses.prose.unpassed import RESULTS, parts_of, words_of
from wflint.matching.scorer import CUT
from wflint.matching.words import root, split_name, stem
from wflint.model.finding import Reason
from wflint.model.workflow import Step, StepKind, Workflow

if TYPE_CHECKING:
    from wflint.matching.subjects import FieldText

NEAR = 0.25
"""From this similarity on, most of the likeliest results that share words with the text are the ones that are meant."""
_SHARED = 0.5
"""So much of what the text speaks of has to be spoken of at the other end, too."""
_PROMISES = 6
"""So many promises of a step are compared; the first ones say what it is there for."""
_ANY = frozenset({"message", "messages", "result", "output", "final_output", "answer", "input"})
"""Names of results that say nothing about them."""
_NO_RESULTS = frozenset(
    map(
        stem,
        (
            "format", "guideline", "instruction", "step", "rule", "schema", "criteria", "tool", "function", "user",
            "request", "message", "conversation", "chat", "context", "question", "query", "input", "structure",
            "template", "example", "language", "following", "below", "above", "name", "specified", "required", "needed",
            "relevant", "available", "same", "one", "brand", "topic", "task", "agent", "gathered", "collected", "found",
            "obtained", "retrieved", "received", "supplied",
        ),
    )
)  # fmt: skip
"""Words for what a prompt holds itself, what a user brings, and what does work."""
_ANYTHING = frozenset(map(stem, ("information", "data", "content", "result", "output", "work", "text", "detail")))
"""Words that say of a result no more than that it is one."""
_DEFINITE = ("the ", "all ", "these ", "those ", "both ", "every ", "any ", "its ", "their ", "your ")
_OTHERS = frozenset(map(stem, ("tool", "function", "user", "customer", "client", "your")))
"""Words for what is called, and for whoever brings something from outside."""
_WORKERS = frozenset({StepKind.AGENT, StepKind.FUNCTION, StepKind.SUBWORKFLOW})


class InWords(Struct, frozen=True):
    """What a step is told to use, in the words of `phrase`, and the step that most probably makes it.

    `made` is how that step's result is called there.
    """

    step: str
    phrase: str
    ask: Statement
    source: Step
    made: str
    similarity: float
    reasons: tuple[Reason, ...]


def in_words(workflow: Workflow, reachability: Reachability, shared: SharedMatcher) -> tuple[InWords, ...]:
    """Every such result, one for each two steps, the likeliest phrase each."""
    found: dict[tuple[str, str], InWords] = {}
    for step in workflow.steps:
        for one in _of(step, workflow, reachability, shared):
            known = found.get((one.step, one.source.id))
            if known is None or known.similarity < one.similarity:
                found[one.step, one.source.id] = one
    return tuple(found.values())


def _of(step: Step, workflow: Workflow, reachability: Reachability, shared: SharedMatcher) -> Iterator[InWords]:
    asks = [one for one in statements_of(step) if one.kind is StatementKind.ASK and not one.names]
    hidden = {one.step for one in step.hidden_results}
    asks = [one for one in asks if _may_be_a_result(_thing(one), one, step)]
    before = [
        other
        for other in (workflow.steps if asks else ())
        if other.kind in _WORKERS and other.id not in hidden and _comes_before(other, step, reachability)
    ]
    made = [(other, text) for other in before for text in _made(other)]
    for ask in asks if made else ():
        yield from _likeliest(step, ask, made, shared)


def _comes_before(other: Step, step: Step, reachability: Reachability) -> bool:
    return other.id != step.id and reachability.precedes(other.id, step.id)


def _thing(ask: Statement) -> str:
    """What is asked for, without what is to be done beside: `the draft` of `the draft and make improvements`."""
    whole, *rest = parts_of(ask.phrase)
    return rest[0] if rest else whole


def _shown(ask: Statement) -> str:
    """The things that are asked for, up to where it goes on with what is to be done with them."""
    whole, *parts = parts_of(ask.phrase)
    things = list(takewhile(lambda part: part.lower().startswith(_DEFINITE), parts))
    return (
        whole if len(things) == len(parts) else whole[: whole.find(things[-1]) + len(things[-1])] if things else whole
    )


def _may_be_a_result(phrase: str, ask: Statement, step: Step) -> bool:
    """Whether a phrase can mean what another step made, and not what the step is handed by name or calls."""
    whole = words_of(ask.phrase)
    wanted = words_of(phrase) - _NO_RESULTS
    named = {stem(word) for need in step.needs for word in split_name(need.name)}
    return bool(wanted - _ANYTHING) and whole.isdisjoint(_OTHERS) and not wanted <= named


def _made(step: Step) -> Iterator[FieldText]:
    """What a step makes, by what is declared, by what it is told to make, and by what it is called."""
    from wflint.matching.subjects import FieldText

    yield from (FieldText(one.name, one.type or "", one.description) for one in step.offers if one.name not in _ANY)
    promises = [one for one in statements_of(step) if one.kind is StatementKind.PROMISE]
    yield from (FieldText(one.phrase, "", one.sentence) for one in promises[:_PROMISES])
    yield FieldText(step.id, "", step.description)


def _likeliest(
    step: Step, ask: Statement, made: list[tuple[Step, FieldText]], shared: SharedMatcher
) -> Iterator[InWords]:
    """The result that comes nearest to what is asked for, unless the step reads it by name anyhow."""
    from wflint.matching.subjects import FieldText

    phrase = _thing(ask)
    need = FieldText(phrase, "", prompt=ask.sentence)
    matches = shared.matcher.match_fields([(text, need) for _, text in made], NEAR)
    likely = [(match, one) for match, one in zip(matches, made, strict=True) if match is not None]
    if not likely:
        return
    wanted = _roots(phrase)
    match, (source, text) = max(likely, key=lambda pair: pair[0].similarity)
    shared_words = len(wanted & _spoken(source)) / len(wanted) if wanted else 0.0
    near = match.similarity >= (NEAR if shared_words >= _SHARED else CUT)
    if near and not _is_linked(step, source) and not _is_named(ask, source):
        yield InWords(step.id, _shown(ask), ask, source, text.name, match.similarity, match.reasons)


def _roots(text: str) -> frozenset[str]:
    """What a text speaks of, whatever part of speech: a drafter drafts a draft."""
    telling = words_of(text) - _NO_RESULTS
    return frozenset(map(root, telling - RESULTS or telling))


def _spoken(step: Step) -> frozenset[str]:
    """What a step's names and promises speak of."""
    promises = (one.phrase for one in statements_of(step) if one.kind is StatementKind.PROMISE)
    names = (step.id, step.worker, *(offer.name for offer in step.offers))
    found = [root(stem(word)) for name in names for word in split_name(name)]
    return frozenset(found).union(*(frozenset(map(root, words_of(one))) for one in promises))


def _is_linked(step: Step, source: Step) -> bool:
    """Whether the step reads something of the other one by name."""
    read = {need.name for need in step.needs}
    return any(offer.name in read or f"{source.id}.{offer.name}" in read for offer in source.offers)


def _is_named(ask: Statement, source: Step) -> bool:
    """Whether the text names the step itself, in the words of its name."""
    name = {stem(word) for word in split_name(source.id)}
    return name <= words_of(ask.phrase) and len(name) > 1
