"""What plain code that runs steps was seen to do with them: in loops, and with what they keep of what is said."""

from __future__ import annotations

from msgspec import Struct

from wflint.model.conduct import Told
from wflint.model.span import Span


class SwellingLoop(Struct, frozen=True):
    """A loop of plain code, begun at `span`, that tells `step` all that earlier rounds have added to a name."""

    step: str
    told: Told
    span: Span


class VerdictLoop(Struct, frozen=True):
    """A loop of plain code around `steps`, begun at `span`, which ends only when a model has said the word.

    `function` is the one that calls itself in place of a loop.
    """

    steps: tuple[str, ...]
    span: Span
    function: str = ""


class StuckLoop(Struct, frozen=True):
    """A loop of plain code around `steps`, begun at `loop`, bounded at `span` by a `count` that nothing changes."""

    steps: tuple[str, ...]
    count: str
    span: Span
    loop: Span


class FixedRun(Struct, frozen=True):
    """A run of `step` in each round of a loop over data, begun at `loop`, that is told the same each time."""

    step: str
    span: Span
    loop: Span


class SharedTalk(Struct, frozen=True):
    """Runs of `steps` that `gathering` starts at once, one at `span`, and that keep what is said in `made`."""

    steps: tuple[str, ...]
    gathering: Span
    span: Span
    made: Span


class CommonTalk(Struct, frozen=True):
    """Runs of `steps` at `span` that keep what is said in one place for all for whom `function` is called.

    `made` is where that place is made, None where it is the id that they name.
    """

    steps: tuple[str, ...]
    function: str
    span: Span
    made: Span | None = None
