"""WF605 around whole runs: what plain code starts for all items at once, and what bounds that."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

PROGRAM = """
    import asyncio
    import json
    import sys

    from agents import Agent, Runner, trace

    sorter = Agent(name="sorter", instructions="Say which shelf the parcel belongs on.")
    seats = asyncio.Semaphore(5)
    SHELVES = json.loads(open("shelves.json").read())

    async def sort(parcel):
        <0>

    async def day(parcels):
        <1>
        return done

    asyncio.run(day(json.loads(sys.stdin.read())))
"""
RUN = "return (await Runner.run(sorter, parcel, max_turns=2)).final_output"
SEATED = "async with seats:\n        " + RUN
ALL = "done = await asyncio.gather(*(sort(parcel) for parcel in parcels))"
TRACED = 'with trace("day"):\n        ' + ALL


def said(folder: Path, asked: str, gathered: str, source: str = PROGRAM) -> list[tuple[str, Level]]:
    program = Twin("", source, ((asked, ""), (gathered, "")), "").bad
    return found(program, folder, "unbounded-fanout")


@pytest.mark.parametrize(
    "gathered",
    [
        pytest.param(ALL, id="through-a-helper"),
        pytest.param(TRACED, id="within-a-trace"),
        pytest.param("done = await asyncio.gather(*[Runner.run(sorter, p) for p in parcels])", id="itself"),
        pytest.param('done = await asyncio.gather(*(sort(p) for p in parcels.glob("*.txt")))', id="files-by-a-pattern"),
    ],
)
def test_runs_for_all_items(gathered: str, tmp_path: Path) -> None:
    ((line, level),) = said(tmp_path, RUN, gathered)
    assert "asyncio.gather" in line
    assert level is Level.NOTE


CHAIN = """
    checker = Agent(name="checker", instructions="Check the shelf.")

    async def both(parcel):
        shelf = await Runner.run(sorter, parcel)
        checked = await Runner.run(checker, shelf.final_output)
        return checked.final_output
"""


def test_runs_of_a_whole_chain(tmp_path: Path) -> None:
    program = PROGRAM.replace("    async def sort", CHAIN + "\n    async def sort")
    gathered = ALL.replace("sort(", "both(")
    assert said(tmp_path, RUN, gathered, program) == [(gathered, Level.NOTE)]


@pytest.mark.parametrize(
    ("asked", "gathered"),
    [
        pytest.param(SEATED, ALL, id="a-semaphore"),
        pytest.param(RUN, ALL.replace("in parcels", "in parcels[:5]"), id="a-part"),
        pytest.param(RUN, ALL.replace("in parcels", 'in ("first", "last")'), id="written-out"),
        pytest.param(RUN, ALL.replace("in parcels", "in SHELVES"), id="a-constant"),
        pytest.param(RUN, "done = [await sort(parcel) for parcel in parcels]", id="one-after-the-other"),
    ],
)
def test_silence(asked: str, gathered: str, tmp_path: Path) -> None:
    assert said(tmp_path, asked, gathered) == []
