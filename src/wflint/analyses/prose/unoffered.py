"""Fields that a step's text asks for by name, and that steps before it make under another name."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from wflint.analyses.data.shared_matcher import SharedMatcher
from wflint.analyses.flow.reachability import Reachability
from wflint.analyses.prose.statements import Statement, StatementKind, fields_told
from wflint.matching.scorer import CUT
from wflint.matching.subjects import FieldText
from wflint.model.contract import Offer
from wflint.model.finding import Reason
from wflint.model.workflow import Aspect, Step, StepKind, Workflow


class Unoffered(Struct, frozen=True):
    """A field that a step is told to use and that no step makes, and what comes nearest: the output of another step.

    `told` says so where that is only what the other step's model is told to answer with.
    """

    step: str
    name: str
    ask: Statement
    source: str
    offer: Offer
    told: Statement | None
    similarity: float
    reasons: tuple[Reason, ...]

    @property
    def is_likely(self) -> bool:
        """Whether the nearest output is more likely meant than not."""
        return self.similarity >= CUT


def unoffered(workflow: Workflow, reachability: Reachability, shared: SharedMatcher) -> tuple[Unoffered, ...]:
    """Every such field with its likeliest output; none where any step before may make more than is told."""
    if workflow.open_to(Aspect.STEPS):
        return ()
    found = (one for step in workflow.steps for one in _of(step, workflow, reachability, shared))
    return tuple({(one.step, one.name): one for one in found}.values())


def _of(step: Step, workflow: Workflow, reachability: Reachability, shared: SharedMatcher) -> Iterator[Unoffered]:
    asks = fields_told(step, StatementKind.ASK)
    wanted = {name: ask for name, ask in asks.items() if name not in _known(step, workflow)}
    before = [other for other in workflow.steps if reachability.precedes(other.id, step.id)] if wanted else []
    if not before or not all(map(_is_plain, before)) or step.tools_open:
        return
    made = [one for other in before for one in _made(other)]
    served = {offer.name for _, offer, _ in made}
    for name, ask in wanted.items():
        if name not in served:
            yield from _likeliest(step, name, ask, [one for one in made if one[1].name not in asks], shared)


def _known(step: Step, workflow: Workflow) -> frozenset[str]:
    """Names that mean something else than a result: inputs, tools, steps, fields of the state."""
    names = {need.name for need in step.needs} | {*step.tools} | {other.id for other in workflow.steps}
    names |= {tool for other in workflow.steps for tool in other.tools}
    names |= {key for call in workflow.invocations for key in call.keys}
    for schema in (workflow.state, workflow.inputs, step.own_schema):
        names |= schema.names if schema is not None else set()
    return frozenset(names)


def _is_plain(step: Step) -> bool:
    """Whether everything that a step hands on is known by name, or told in words that are all known."""
    if step.kind is StepKind.AGENT:
        return step.prompt is not None and step.prompt.known
    return not step.offers_open


def _made(step: Step) -> Iterator[tuple[Step, Offer, Statement | None]]:
    """What a step makes by name: what it declares, and what its model is told to answer with."""
    promised = fields_told(step, StatementKind.PROMISE)
    named = {offer.name for offer in step.offers}
    yield from ((step, offer, None) for offer in step.offers)
    for name, told in promised.items():
        if name not in named:
            yield step, Offer(name, told.span, description=told.sentence), told


def _likeliest(
    step: Step, name: str, ask: Statement, made: list[tuple[Step, Offer, Statement | None]], shared: SharedMatcher
) -> Iterator[Unoffered]:
    need = FieldText(name, "", prompt=ask.sentence)
    pairs = [(FieldText(offer.name, offer.type or "", offer.description), need) for _, offer, _ in made]
    matches = shared.matcher.compare_fields(pairs) if pairs else ()
    if matches:
        match, (other, offer, told) = max(zip(matches, made, strict=True), key=lambda pair: pair[0].similarity)
        yield Unoffered(step.id, name, ask, other.id, offer, told, match.similarity, match.reasons)
