"""A short hunt with a fixed seed: no fault of wflint's own, an end, and the same words twice.

The long one is run by hand: `python -m tests.hunt`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hunt.inputs import input_of
from tests.hunt.messages import SESSIONS, faults
from tests.hunt.observing import MOST_EVENTS, Hung, at_most, observed, written

SEED = 20
INPUTS = 64

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("number", range(INPUTS))
def test_a_damaged_program_is_read_as_far_as_it_goes(number: int, tmp_path: Path) -> None:
    given = input_of(SEED, number)
    written(given.files, tmp_path)
    with at_most(MOST_EVENTS):
        first = observed(tmp_path, given.command)
    assert first.faults == (), given.name
    assert observed(tmp_path, given.command) == first, given.name


def test_work_without_end_is_noticed() -> None:
    def forever() -> None:
        while True:
            len("")

    with pytest.raises(Hung), at_most(1_000):
        forever()


def test_an_input_is_the_same_every_time() -> None:
    assert input_of(SEED, 7) == input_of(SEED, 7)
    assert len({input_of(SEED, number).files for number in range(20)}) == 20


@pytest.mark.parametrize("kind", SESSIONS)
def test_a_server_outlives_odd_messages(kind: str) -> None:
    assert faults(kind, SEED, 120) == []
