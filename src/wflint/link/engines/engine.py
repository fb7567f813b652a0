"""What an engine does: a function, applied to each of many arguments, with whatever fails told by its place."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

A = TypeVar("A")
B = TypeVar("B")


class Failed(Struct, frozen=True):
    """A piece of work that came to nothing, and why."""

    reason: str


class Answer(Struct, Generic[B], frozen=True):
    """What came of the piece of work at a place."""

    place: int
    value: B | Failed


class Engine(Protocol):
    """Does pieces of work that know nothing of each other; answers come as they are ready, each place once."""

    def run(self, job: Callable[[A], B], arguments: Sequence[A]) -> Iterator[Answer[B]]:
        """Apply `job`, a function of a module, to each of the arguments."""

    def close(self) -> None:
        """Let the workers go."""


def attempt(job: Callable[[A], B], argument: A) -> B | Failed:
    """Do a piece of work; one that raises has failed and takes nothing else with it."""
    try:
        return job(argument)
    except Exception as error:  # noqa: BLE001 (whatever it is, it is told and the others go on)
        return Failed(reason_of(error))


def reason_of(error: BaseException) -> str:
    """An error in a line."""
    kind = type(error).__name__
    text = " ".join(str(error).split())[:300]
    return f"{kind}: {text}" if text else kind
