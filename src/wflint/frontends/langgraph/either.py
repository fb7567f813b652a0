"""A step whose code is one of several functions: what all of them do is certain, what one of them does is possible."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from msgspec.structs import replace

from wflint.assembly.contracts.origins import sorted_origins
from wflint.assembly.contracts.schemas import union_of
from wflint.assembly.routes import Routes
from wflint.model.contract import Certainty, Need, Offer
from wflint.model.workflow import Step


class Named(Protocol):
    """A field that a step reads or writes."""

    @property
    def name(self) -> str: ...


F = TypeVar("F", bound=Named)


def either_step(steps: Sequence[Step]) -> Step:
    """The step that is one of several, called and placed like the first."""
    first = steps[0]
    schemas = [step.own_schema for step in steps if step.own_schema is not None]
    forwarding = [step.forwards_state for step in steps]
    return replace(
        first,
        offers=tuple(_offers(steps)),
        needs=tuple(_needs(steps)),
        offers_open=any(step.offers_open for step in steps) or any(forwarding) is not all(forwarding),
        needs_open=any(step.needs_open for step in steps),
        forwards_state=all(forwarding),
        own_schema=union_of(schemas, schemas[0].name) if len(schemas) > 1 else next(iter(schemas), None),
        interrupts=any(step.interrupts for step in steps),
        retries=all(step.retries for step in steps),
        bad_returns=_together([[replace(bad, certainty=Certainty.POSSIBLE) for bad in s.bad_returns] for s in steps]),
        mutations=_together([step.mutations for step in steps]),
        calls=_together([step.calls for step in steps]),
        pauses=_together([step.pauses for step in steps]),
        idle_tools=next((step.idle_tools for step in steps if step.idle_tools is not None), None),
        template_gaps=_together([step.template_gaps for step in steps]),
        expectations=_together([step.expectations for step in steps]),
        reaches_sink=any(step.reaches_sink for step in steps),
    )


def either_routes(routes: Sequence[Routes]) -> Routes:
    """Where control goes from a step that is one of several."""
    shared = set.intersection(*({target.label for target in each.targets if target.certain} for each in routes))
    targets = [target for each in routes for target in each.targets]
    return Routes(
        routes[0].sending,
        targets=[replace(target, certain=target.label in shared) for target in targets],
        unknown=[location for each in routes for location in each.unknown],
        several=any(each.several for each in routes),
        sets=[labels for each in routes for labels in each.sets],
        none=next((each.none for each in routes if each.none is not None), None),
        declared=None
        if any(each.declared is None for each in routes)
        else _together([each.declared or () for each in routes]),
    )


def _offers(steps: Sequence[Step]) -> Iterator[Offer]:
    for held in _by_name([step.offers for step in steps]):
        sure = len(held) == len(steps) and all(offer.certainty is Certainty.CERTAIN for offer in held)
        origins = sorted_origins(origin for offer in held for origin in offer.origins)
        yield replace(held[0], certainty=Certainty.CERTAIN if sure else Certainty.POSSIBLE, origins=origins)


def _needs(steps: Sequence[Step]) -> Iterator[Need]:
    for held in _by_name([step.needs for step in steps]):
        strict = next((need for need in held if need.required), held[0])
        sure = len(held) == len(steps) and all(need.required for need in held)
        yield strict if sure else replace(strict, certainty=Certainty.POSSIBLE)


def _by_name(fields: Sequence[Sequence[F]]) -> Iterator[list[F]]:
    """The fields of several steps, those of one name together."""
    for name in dict.fromkeys(each.name for own in fields for each in own):
        yield [found for own in fields if (found := next((e for e in own if e.name == name), None)) is not None]


T = TypeVar("T")


def _together(parts: Sequence[Sequence[T]]) -> tuple[T, ...]:
    kept: list[T] = []
    for item in (item for part in parts for item in part):
        if item not in kept:
            kept.append(item)
    return tuple(kept)
