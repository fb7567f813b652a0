"""Where failures lead: to a handler for the steps that it names, or for all that no other handler names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wflint.assembly.sequences import elements, is_known, is_unset
from wflint.evaluate.values import text_of
from wflint.frontends.llamaindex.steps import FlowStep, argument


def is_for_unknown(handler: FlowStep) -> bool:
    """Whether nobody can tell which steps a handler is for."""
    given = argument(handler, "for_steps")
    return not is_unset(given) and (given is None or not is_known(given) or None in _named(handler))


def failing(steps: Sequence[FlowStep]) -> Iterator[tuple[FlowStep, FlowStep]]:
    """Each step with the handler of its failures; what fails in a handler nobody handles."""
    handlers = [step for step in steps if step.catches and not is_for_unknown(step)]
    claimed = {name for handler in handlers for name in _named(handler)}
    for handler in handlers:
        names, others = _named(handler), is_unset(argument(handler, "for_steps"))
        for step in steps:
            if not step.catches and (step.name in names or (others and step.name not in claimed)):
                yield step, handler


def _named(handler: FlowStep) -> frozenset[str | None]:
    return frozenset(text_of(entry.value) for entry in elements(argument(handler, "for_steps")))
