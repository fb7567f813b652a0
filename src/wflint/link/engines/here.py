"""One piece of work after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from wflint.link.engines.engine import A, Answer, B, attempt


class Here:
    """The engine that needs nothing."""

    def run(self, job: Callable[[A], B], arguments: Sequence[A]) -> Iterator[Answer[B]]:
        """Each in turn."""
        for place, argument in enumerate(arguments):
            yield Answer(place, attempt(job, argument))

    def close(self) -> None:
        """Has nobody to let go."""
