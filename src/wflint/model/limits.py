"""What ends a run of a workflow for which its caller sets no limit."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.span import Span


class RunLimit(Struct, frozen=True):
    """No step runs more often than `most` times in a run; `name` is the setting that says so, or would.

    `models_only` is true where steps without a model are not counted, `given` where the source sets this one, `in_all`
    where it is the turns of all steps together that it counts, of a run that nobody goes on with. `in_supersteps` is
    true where it counts supersteps, in each of which a step runs once at most. `is_exact` is true where nothing else
    ends a run, so that it takes that many.
    """

    most: int
    name: str
    models_only: bool = False
    given: bool = False
    in_all: bool = False
    in_supersteps: bool = False
    is_exact: bool = False


class TimeLimit(Struct, frozen=True):
    """A run takes no longer than so many seconds, by what the source says at a place, or by the framework's default."""

    seconds: float
    span: Span
