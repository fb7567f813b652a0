"""A short hunt with a fixed seed: no fault of wflint's own, an end, and the same words twice.

The long one is run by hand: `python -m tests.hunt`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hunt.inputs import input_of
from tests.hunt.messages import SESSIONS, faults
from tests.hunt.observing import MOST_EVENTS, WRITING, Hung, at_most, observed, outside_of, written
from tests.hunt.reading import Reader

SEED = 20
INPUTS = 64

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("number", range(INPUTS))
def test_a_damaged_program_is_read_as_far_as_it_goes(number: int, tmp_path: Path) -> None:
    given = input_of(SEED, number)
    outside_of(tmp_path)
    root = tmp_path / "root"
    written(given.files, root, given.links)
    with at_most(MOST_EVENTS):
        first = observed(root, given.command)
    assert first.faults == (), given.name
    if given.command not in WRITING:
        assert observed(root, given.command) == first, given.name


def test_work_without_end_is_noticed() -> None:
    def forever() -> None:
        while True:
            len("")

    with pytest.raises(Hung), at_most(1_000):
        forever()


def test_an_input_is_the_same_every_time() -> None:
    assert input_of(SEED, 7) == input_of(SEED, 7)
    assert len({input_of(SEED, number).files for number in range(20)}) == 20


def test_a_process_goes_through_inputs_and_another_one_goes_on() -> None:
    reader = Reader(SEED, range(4), hash_seed=0, is_cached=True, most=2)
    lines = [reader.line(number) for number in range(4)]
    assert [(line.number, line.kind, line.faults) for line in lines] == [
        (number, input_of(SEED, number).kind, ()) for number in range(4)
    ]
    assert reader.ended() == 0


@pytest.mark.parametrize("kind", SESSIONS)
def test_a_server_outlives_odd_messages(kind: str) -> None:
    assert faults(kind, SEED, 120) == []
