"""WF505: messages without a reducer, of which only those of the last step, or of the last run, are kept."""

from __future__ import annotations

from collections.abc import Iterator

from wflint.analyses.data.overwritten import Forgotten, Overwritten, forgotten
from wflint.analyses.facts import Facts
from wflint.analyses.wording import listed
from wflint.model.finding import Observation, Related
from wflint.model.workflow import Workflow


def check(workflow: Workflow, facts: Facts) -> Iterator[Observation]:
    """One observation a field, where it is declared."""
    yield from (_observation(loss) for loss in facts.overwritten)
    told = {loss.field.name for loss in facts.overwritten}
    yield from (_of_runs(one) for one in forgotten(workflow, facts.reachability) if one.field.name not in told)


def _of_runs(one: Forgotten) -> Observation:
    """What an earlier run of the same thread has left, and the next one lacks."""
    field = one.field
    return Observation(
        message=f'field "{field.name}" has no reducer: each run of a thread begins with the messages of its call in '
        f'place of those that are kept, and step "{one.reader.id}" never sees the earlier ones; annotate the field '
        "with a reducer that appends",
        span=field.span,
        key=(field.name, one.reader.id, "runs"),
        related=(
            Related(one.call.span, "a run is given its own messages here"),
            Related(one.offer.span, f'"{one.writer.id}" writes new messages'),
        ),
        step=one.reader.id,
    )


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
