"""LlamaIndex steps that collect more events than a run brings (WF503), or fewer (WF509), and silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

PROGRAM = """
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step

    WANTED = 3


    class Plot(Event):
        row: int


    class Dug(Event):
        row: int


    class Garden(Workflow):
        @step
        async def plan(self, ctx: Context, ev: StartEvent) -> Plot | None:
            {sent}
            return None

        @step
        async def dig(self, ev: Plot) -> {dug}:
            {dig}
                return Dug(row=ev.row)

        @step
        async def {name}(self, ctx: Context, ev: Dug) -> StopEvent{again} | None:
            done = ctx.collect_events(ev, {wanted}){mark}
            if done is None:
                return None
            {more}return StopEvent(result=len(done))
"""


def program(**parts: str) -> str:
    usual = {
        "name": "sow",
        "dig": "if True:",
        "sent": ROWS.format("2"),
        "dug": "Dug",
        "wanted": "[Dug] * 2",
        "mark": "",
        "again": "",
        "more": "",
    }
    return PROGRAM.format(**usual | parts)


ROWS = "for row in range({}):\n                ctx.send_event(Plot(row=row))"
MARK, LEFT = "  # <- WF503", "  # <- WF509"


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(program(), id="as-many"),
        pytest.param(program(wanted="[Dug] * WANTED", mark=MARK), id="one-too-few"),
        pytest.param(program(sent=ROWS.format("5"), mark=LEFT), id="more-than-enough"),
        pytest.param(program(sent=ROWS.format("5"), name="first_two"), id="a-race-by-its-name"),
        pytest.param(program(sent=ROWS.format("5"), wanted="[Dug]"), id="one-by-one"),
        pytest.param(program(sent=ROWS.format("5"), dug="Dug | None", dig="if ev.row:"), id="perhaps-fewer"),
        pytest.param(program(sent=ROWS.format("len(ev.rows)"), wanted="[Dug] * 9"), id="as-many-as-there-are"),
        pytest.param(program(wanted="[Dug] * ev.row"), id="a-number-that-is-not-known"),
        pytest.param(
            program(sent="if ev.dry:\n                " + "ctx.send_event(Plot(row=1))", wanted="[Dug] * 2"),
            id="perhaps",
        ),
        pytest.param(program(sent="await self.spread(ctx)", wanted="[Dug] * 3"), id="sent-elsewhere"),
        pytest.param(
            program(
                wanted="[Dug] * 3", again=" | Plot", more="if ev.row:\n                return Plot(row=0)\n            "
            ),
            id="a-loop-brings-more",
        ),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
