"""LlamaIndex steps that take or give one of several events: WF109 and WF401, and silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

HEAD = """
    from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step


    class Sketch(Event):
        lines: int


    class Redraw(Event):
        wish: str

"""

TESTED = """
    class Studio(Workflow):
        @step
        async def draw(self, ev: StartEvent | Redraw) -> Sketch:
            if {test}:
                return Sketch(lines={first})
            return Sketch(lines=len(ev.wish))

        @step
        async def judge(self, ev: Sketch) -> Redraw | StopEvent:
            if ev.lines > 9:
                return StopEvent(result=ev.lines)
            return Redraw(wish="more")


    Studio().run(motif="a goose")
"""

SHARED = """
    class Colour(Event):
        name: str


    class Studio(Workflow):
        @step
        async def draw(self, ev: StartEvent) -> Sketch | Colour:
            return Sketch(lines=3) if ev.plain else Colour(name="red")


    class Atelier(Studio):
        @step
        async def ink(self, ev: Sketch) -> StopEvent:
            return StopEvent(result=ev.lines)

        {mark}
        async def paint(self, ev: Colour) -> StopEvent:
            return StopEvent(result=ev.name)


    Atelier().run(plain=True)
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(TESTED.format(test="isinstance(ev, StartEvent)", first="len(ev.motif)"), id="kind-asked"),
        pytest.param(TESTED.format(test="not isinstance(ev, Redraw)", first="len(ev.motif)"), id="kind-excluded"),
        pytest.param(
            TESTED.format(test="self.plain", first="len(ev.motif)").replace("motif))", "motif))  # <- WF109"),
            id="kind-not-asked",
        ),
        pytest.param(SHARED.format(mark="@step"), id="an-heir-takes-the-event"),
        pytest.param(
            SHARED.format(mark="# no step").replace(
                "ev: StartEvent) -> Sketch | Colour:", "ev: StartEvent) -> Sketch | Colour:  # <- WF401"
            ),
            id="not-even-an-heir-takes-the-event",
        ),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, HEAD + source) == marked(HEAD + source)
