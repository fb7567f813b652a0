"""WF509 and WF503: a step that is run for each of many items ends the run, or leaves out one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

GRADING = """
    from workflows import Context, Workflow, step
    from workflows.events import Event, StartEvent, StopEvent

    class Page(Event):
        url: str

    class Fact(Event):
        url: str

    class Reading(Workflow):
        @step
        async def plan(self, ctx: Context, ev: StartEvent) -> Page | None:
            await ctx.store.set("wanted", len(ev.urls))
            for url in ev.urls:
                ctx.send_event(Page(url=url))

        @step(num_workers=4)
        async def read(self, ctx: Context, ev: Page) -> <0>:
            <1>

        @step
        async def merge(self, ctx: Context, ev: Fact) -> StopEvent | None:
            facts = ctx.collect_events(ev, [Fact] * <2>)
            return None if facts is None else StopEvent(result=len(facts))
"""
STORED = """async with ctx.store.edit_state() as state:
            state["seen"] = {**state.get("seen", {}), ev.url: 1}
        return StopEvent(result=ev.url)"""
STOP = "return StopEvent(result=ev.url)"
GATHERED = """pages = ctx.collect_events(ev, [Page] * 4)
        return StopEvent(result=pages) if pages else None"""
FACT = "return Fact(url=ev.url)"
MAY = '{}if "draft" in ev.url:\n            return None\n        return Fact(url=ev.url)'
WANTED = 'await ctx.store.get("wanted")'
ENDING = GRADING[: GRADING.index("    @step\n        async def merge")]


def reading(returns: str, body: str, wanted: str = WANTED) -> str:
    return Twin("", GRADING, ((returns, ""), (body, ""), (wanted, "")), "").bad


def ending(returns: str, body: str) -> str:
    program = ENDING.rstrip().removesuffix("@step").rstrip() + "\n"
    return Twin("", program, ((returns, ""), (body, "")), "").bad


@pytest.mark.parametrize(
    ("body", "level"),
    [
        pytest.param(STORED, Level.WARNING, id="leaves something for the run"),
        pytest.param(STOP, Level.NOTE, id="only returns"),
    ],
)
def test_the_first_of_many_ends_the_run(body: str, level: Level, tmp_path: Path) -> None:
    assert [said for _, said in found(ending("StopEvent", body), tmp_path, "branch-cancelled")] == [level]


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(ending("StopEvent", STOP).replace("async def read", "async def first_answer"), id="a race"),
        pytest.param(ending("StopEvent | None", f'if "x" in ev.url:\n            {STOP}'), id="one of them has it"),
        pytest.param(
            ending("StopEvent", STOP).replace("for url in ev.urls:", "if ev.urls:").replace("=url", "=ev.u"),
            id="one item",
        ),
        pytest.param(reading("Fact", FACT), id="collected"),
        pytest.param(ending("StopEvent | None", GATHERED), id="collected by the step itself"),
    ],
)
def test_many_that_do_not_race(program: str, tmp_path: Path) -> None:
    assert found(program, tmp_path, "branch-cancelled") == []


@pytest.mark.parametrize("wanted", [WANTED, "3"])
def test_a_worker_that_makes_nothing_of_an_item(wanted: str, tmp_path: Path) -> None:
    said = found(reading("Fact | None", MAY.format(""), wanted), tmp_path, "join-never-fires")
    assert said == [("return None", Level.NOTE)]


COUNTED = MAY.replace(
    "            return None", '            await ctx.store.set("wanted", 1)\n            return None'
)
KEPT = MAY.replace("            return None", "            self.left.append(ev.url)\n            return None")


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(reading("Fact", FACT), id="one of each"),
        pytest.param(reading("Fact | None", COUNTED.format("")), id="counted out"),
        pytest.param(reading("Fact | None", KEPT.format("")), id="remembered"),
        pytest.param(reading("Fact | None", MAY.format(""), "1"), id="the first will do"),
        pytest.param(
            reading("Fact | None", MAY.format(""))
            .replace("for url in ev.urls:", "if ev.urls:")
            .replace("=url", "=ev.u"),
            id="one item",
        ),
    ],
)
def test_silence_where_nothing_is_missed(program: str, tmp_path: Path) -> None:
    assert found(program, tmp_path, "join-never-fires") == []
