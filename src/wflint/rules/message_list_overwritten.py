"""WF505: messages without a reducer, of which only those of the last step are kept."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.data.overwritten import Overwritten
from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """One observation a field, where it is declared."""
    del workflow
    yield from (_observation(loss) for loss in facts.overwritten)


def _observation(loss: Overwritten) -> Observation:
    field, readers = loss.field, loss.readers
    return Observation(
        message=f'field "{field.name}" has no reducer: the messages of step "{loss.later.id}" replace those of step '
        f'"{loss.earlier.id}", and {listed(step.id for step in readers)} '
        f"get{'s' if len(readers) == 1 else ''} the last ones only; annotate the field with a reducer that appends",
        span=field.span,
        key=(field.name, loss.earlier.id, loss.later.id),
        related=(
            Related(loss.earlier_offer.span, f'"{loss.earlier.id}" writes new messages'),
            Related(loss.later_offer.span, f'"{loss.later.id}" replaces them'),
        ),
        step=loss.later.id,
        edge=(loss.earlier.id, loss.later.id),
    )
