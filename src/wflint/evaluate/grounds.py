"""What undecided conditions hang on: the tracked inputs that tests look at, and loops over their elements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from wflint.evaluate.sources import sources_of
from wflint.evaluate.values import Place, Symbol, Value


@dataclass(frozen=True, slots=True)
class Ground:
    """What decides whether something happens: the tracked inputs that the test at `place` looks at.

    `repeats` is true for the rounds of a loop over something: they happen for each of its elements.
    """

    sources: frozenset[Symbol]
    place: Place
    repeats: bool = False


@dataclass(slots=True)
class Grounds:
    """The grounds of conditions, as far as there are any to know, by number."""

    known: dict[int, Ground] = field(default_factory=dict)
    gates: int = 0

    def test(self, taken: tuple[int, ...], value: Value, place: Place) -> None:
        """The last condition is a test of `value`."""
        sources = sources_of(value)
        if taken and sources:
            self.known[taken[-1]] = Ground(sources, place)

    def rounds(self, taken: tuple[int, ...], ground: Ground) -> None:
        """The last condition is that there are elements for a round."""
        if taken:
            self.known[taken[-1]] = ground

    def others(self, taken: tuple[int, ...], conditions: tuple[int, ...]) -> None:
        """The last condition is that a run is not among those that have left under other conditions."""
        tests = [ground for ground in self.of(conditions) if not ground.repeats]
        if taken and tests:
            sources = frozenset(source for ground in tests for source in ground.sources)
            self.known[taken[-1]] = Ground(sources, tests[-1].place)

    def passed(self, taken: tuple[int, ...], conditions: tuple[int, ...]) -> tuple[int, ...]:
        """The conditions from here on, where runs have failed under some others: that leaves nothing undecided.

        What is known of the test is kept under a negative number.
        """
        if not any(not ground.repeats for ground in self.of(conditions)):
            return taken
        self.gates += 1
        ahead = (*taken, -self.gates)
        self.others(ahead, conditions)
        return ahead

    def of(self, conditions: tuple[int, ...]) -> Iterator[Ground]:
        """The grounds of conditions that have any."""
        for number in conditions:
            if number in self.known:
                yield self.known[number]


def nothing_new(taken: tuple[int, ...], earlier: tuple[int, ...]) -> bool:
    """Whether nothing undecided has come up since; tests that all runs have passed which did not fail do not count."""
    if taken == earlier[: len(taken)]:
        return True
    now, then = (tuple(number for number in conditions if number > 0) for conditions in (taken, earlier))
    return now == then[: len(now)]
