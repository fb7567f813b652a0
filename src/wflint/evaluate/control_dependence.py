"""What undecided conditions hang on: the tracked inputs that tests look at, and loops over their elements."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from wflint.evaluate.dependencies import depends_on
from wflint.evaluate.values import Location, TrackedValue, Value


class ControlDependence(Struct, frozen=True):
    """What decides whether something happens: the tracked inputs that the test at `location` looks at.

    `repeats` is true for the rounds of a loop over something: they happen for each of its elements.
    """

    depends_on: frozenset[TrackedValue]
    location: Location
    repeats: bool = False


class ControlDependences(Struct):
    """The grounds of conditions, as far as there are any to know, by number.

    `picked` are the values that were looked up by a tracked input, and by which: it decides which of them it is.
    """

    known: dict[int, ControlDependence] = field(default_factory=dict)
    picked: dict[Value, TrackedValue] = field(default_factory=dict)
    guards: int = 0

    def add_test(self, path_condition: tuple[int, ...], value: Value, location: Location) -> None:
        """The last condition is a test of `value`."""
        sources = depends_on(value)
        if path_condition and sources:
            self.known[path_condition[-1]] = ControlDependence(sources, location)

    def add_loop(self, path_condition: tuple[int, ...], dependence: ControlDependence) -> None:
        """The last condition is that there are elements for a round."""
        if path_condition:
            self.known[path_condition[-1]] = dependence

    def add_early_exits(self, path_condition: tuple[int, ...], conditions: tuple[int, ...]) -> None:
        """The last condition is that a run is not among those that have left under other conditions."""
        tests = [dependence for dependence in self.of(conditions) if not dependence.repeats]
        if path_condition and tests:
            sources = frozenset(source for dependence in tests for source in dependence.depends_on)
            self.known[path_condition[-1]] = ControlDependence(sources, tests[-1].location)

    def after_guard(self, path_condition: tuple[int, ...], conditions: tuple[int, ...]) -> tuple[int, ...]:
        """The conditions from here on, where runs have failed under some others: that leaves nothing undecided.

        What is known of the test is kept under a negative number.
        """
        if not any(not dependence.repeats for dependence in self.of(conditions)):
            return path_condition
        self.guards += 1
        ahead = (*path_condition, -self.guards)
        self.add_early_exits(ahead, conditions)
        return ahead

    def of(self, conditions: tuple[int, ...]) -> Iterator[ControlDependence]:
        """The grounds of conditions that have any."""
        for number in conditions:
            if number in self.known:
                yield self.known[number]


def is_implied_by(path_condition: tuple[int, ...], earlier: tuple[int, ...]) -> bool:
    """Whether nothing undecided has come up since; tests that all runs have passed which did not fail do not count."""
    if path_condition == earlier[: len(path_condition)]:
        return True
    now, then = (tuple(number for number in conditions if number > 0) for conditions in (path_condition, earlier))
    return now == then[: len(now)]
