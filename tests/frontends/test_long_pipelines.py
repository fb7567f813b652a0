"""What is counted along many ways is counted once at each place: the ways double from step to step."""

from __future__ import annotations

from pathlib import Path

from tests.frontends.sources import workflows

LENGTH = 60
HAYSTACK = """\
from haystack import Pipeline, component

@component
class Either:
    @component.output_types(a=str, b=str)
    def run(self, a: str, b: str):
        if a:
            return {"a": a}
        return {"b": b}

@component
class Two:
    @component.output_types(a=str, b=str)
    def run(self, a: str, b: str):
        return {"a": a, "b": b}

p = Pipeline()
p.add_component("c0", Either())
"""
LLAMAINDEX = """\
from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent

class A0(Event): ...
class B0(Event): ...
"""


def test_two_connections_between_all_components(tmp_path: Path) -> None:
    added = (f'p.add_component("c{n}", Two())\n' for n in range(1, LENGTH))
    connected = (f'p.connect("c{n}.{end}", "c{n + 1}.{end}")\n' for n in range(LENGTH - 1) for end in "ab")
    (flow,) = workflows(tmp_path, HAYSTACK + "".join([*added, *connected]))
    assert [(loss.step, loss.reason.partition(":")[0]) for loss in flow.losses] == [("c1", "never runs")]


def test_two_events_between_all_steps(tmp_path: Path) -> None:
    events = "".join(f"class {kind}{n}(Event): ...\n" for n in range(1, LENGTH) for kind in "AB")
    first = "class F(Workflow):\n    @step\n    async def s(self, ctx: Context, ev: StartEvent) -> A0 | B0:\n"
    first += "        ctx.send_event(A0())\n        return B0()\n"
    steps = "".join(
        f"    @step\n    async def s{n}(self, ctx: Context, ev: A{n} | B{n}) -> A{n + 1} | B{n + 1}:\n"
        f"        ctx.send_event(A{n + 1}())\n        return B{n + 1}()\n"
        for n in range(LENGTH - 1)
    )
    last = f"    @step\n    async def end(self, ctx: Context, ev: A{LENGTH - 1}) -> StopEvent | None:\n"
    last += f"        if ctx.collect_events(ev, [A{LENGTH - 1}] * 2) is None:\n            return None\n"
    last += "        return StopEvent()\n"
    (flow,) = workflows(tmp_path, LLAMAINDEX + events + first + steps + last)
    assert [loss.step for loss in flow.losses if "every run brings" in loss.reason] == ["end"]
