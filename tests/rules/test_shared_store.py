"""Keys that LlamaIndex steps look up in the store of their context: WF101, and silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

PROGRAM = """
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step


    class Counted(Event):
        {fields}


    class Bakery(Workflow):
        @step
        async def count(self, ctx: {context}, ev: StartEvent) -> Counted:
            {kept}
            return Counted({given})

        @step
        async def sell(self, ctx: {context}, ev: Counted) -> StopEvent:
            {looked}
            return StopEvent(result=loaves)

        async def note(self, place):
            {noted}


    async def main():
        {run}
"""
USUAL = {
    "fields": "pass",
    "context": "Context",
    "kept": 'await ctx.store.set("loaves", 12)',
    "given": "",
    "looked": 'loaves = await ctx.store.get("loaves")',
    "noted": "pass",
    "run": "return await Bakery().run()",
}
WRONG = 'await ctx.store.set("loafs", 12)'
MARKED = 'loaves = await ctx.store.get("loaves")  # <- WF101'


def program(**parts: str) -> str:
    return PROGRAM.format(**USUAL | parts)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(program(), id="kept"),
        pytest.param(program(kept=WRONG, looked=MARKED), id="another-key"),
        pytest.param(
            program(
                kept='await ctx.set("loafs", 12)  # <- WF304',
                looked='loaves = await ctx.get("loaves")  # <- WF101 WF304',
            ),
            id="older",
        ),
        pytest.param(
            program(kept=WRONG, looked='loaves = await ctx.store.get("loaves", default=0)  # <- WF101'),
            id="default-and-a-misspelt-key",
        ),
        pytest.param(
            program(kept='await ctx.store.set("flour", 12)', looked='loaves = await ctx.store.get("loaves", 0)'),
            id="default",
        ),
        pytest.param(
            program(
                kept='await ctx.store.set("loafs", await ctx.store.get("loafs", 0))',
                looked='loaves = await ctx.store.get("loaves", default=0)',
            ),
            id="default-and-a-key-that-is-asked-for",
        ),
        pytest.param(
            program(kept='await ctx.store.set("stock", {})', looked='loaves = await ctx.store.get("stock.loaves")'),
            id="a-part",
        ),
        pytest.param(program(kept='await ctx.store.set(path="loaves", value=2)'), id="by-keyword"),
        pytest.param(program(kept="await ctx.store.set(ev.name, 12)"), id="a-key-that-is-not-known"),
        pytest.param(program(kept="await fill(ctx)"), id="the-context-goes-elsewhere"),
        pytest.param(program(kept="await self.note(ctx)", noted='await place.store.set("loaves", 2)'), id="a-method"),
        pytest.param(
            program(kept="await ctx.store.set_state(ev.state)"),
            id="the-whole-state",
        ),
        pytest.param(program(kept=WRONG, context="Context[Stock]"), id="a-class-says-what-is-there"),
        pytest.param(
            program(
                kept=WRONG,
                run='ctx = Context(Bakery())\n        await ctx.store.set("loaves", 1)\n        '
                "return await Bakery().run(ctx=ctx)",
            ),
            id="the-caller-brings-a-context",
        ),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


def test_what_heirs_keep(tmp_path: Path) -> None:
    shared = program(kept="pass", run="return await Stall().run()")
    heir = """
    class Stall(Bakery):
        @step
        async def count(self, ctx: Context, ev: StartEvent) -> Counted:
            await ctx.store.set("loaves", 3)
            return Counted()
"""
    assert loud(tmp_path, shared + heir) == []
