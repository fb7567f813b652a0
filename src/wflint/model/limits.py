"""What ends a run of a workflow for which its caller sets no limit."""

from __future__ import annotations

from msgspec import Struct


class RunLimit(Struct, frozen=True):
    """A framework's own limit: no step runs more often than `most` times in a run; `name` is what sets another one.

    `models_only` is true where steps without a model are not counted.
    """

    most: int
    name: str
    models_only: bool = False
