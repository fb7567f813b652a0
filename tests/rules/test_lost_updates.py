"""WF501: a step of a shared object waits between what it reads of a field and what it sets it to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "concurrent-write"
MAPPED = """
    import asyncio
    from dataclasses import dataclass
    from pydantic_ai import Agent
    from pydantic_graph import GraphBuilder, StepContext, reduce_list_append

    counter = Agent("openai:gpt-5")
    lock = asyncio.Lock()

    @dataclass
    class Walk:
        birds: int = 0
        place: str = ""

    g = GraphBuilder(state_type=Walk, input_type=list[str], output_type=int)

    @g.step
    async def begin(ctx: StepContext[Walk, None, list[str]]) -> list[str]:
        return ctx.inputs

    async def count(photo: str) -> int:
        return len((await counter.run(photo)).output)

    @g.step
    async def look(ctx: StepContext[Walk, None, str]) -> str:
        <0>
        return ctx.inputs

    @g.step
    async def tell(ctx: StepContext[Walk, None, list[str]]) -> int:
        return ctx.state.birds

    collect = g.join(reduce_list_append, initial_factory=list[str])
    g.add(
        g.edge_from(g.start_node).to(begin),
        g.edge_from(begin)<1>.to(look),
        g.edge_from(look).to(collect),
        g.edge_from(collect).to(tell),
        g.edge_from(tell).to(g.end_node),
    )
    graph = g.build()
"""
LATE = "seen = await count(ctx.inputs)\n    ctx.state.birds += seen"
TWINS = (
    Twin("added up", MAPPED, (("ctx.state.birds += await count(ctx.inputs)", LATE), (".map()",) * 2), "+="),
    Twin(
        "kept before",
        MAPPED,
        (
            ("old = ctx.state.birds\n    seen = await count(ctx.inputs)\n    ctx.state.birds = old + seen", LATE),
            (".map()",) * 2,
        ),
        "old + seen",
    ),
    Twin(
        "in one expression",
        MAPPED,
        (
            (
                "ctx.state.birds = ctx.state.birds + await count(ctx.inputs)",
                "ctx.state.birds = await count(ctx.inputs) + ctx.state.birds",
            ),
            (".map()",) * 2,
        ),
        "ctx.state.birds =",
    ),
)


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.name)
def test_an_update_that_is_lost(twin: Twin, tmp_path: Path) -> None:
    said = found(twin.bad, tmp_path, RULE)
    assert [(twin.line in line, level) for line, level in said] == [(True, Level.WARNING)]
    assert found(twin.good, tmp_path, RULE) == []


LOCKED = "async with lock:\n        ctx.state.birds += await count(ctx.inputs)"
AGAIN = "old = ctx.state.birds\n    await count(ctx.inputs)\n    old = ctx.state.birds\n    ctx.state.birds = old + 1"
SILENT = (
    pytest.param(LOCKED, ".map()", id="under a lock"),
    pytest.param(AGAIN, ".map()", id="read again"),
    pytest.param("ctx.state.birds += await count(ctx.inputs)", "", id="one copy"),
    pytest.param("ctx.state.birds += len(ctx.inputs)\n    await count(ctx.inputs)", ".map()", id="nothing between"),
)


@pytest.mark.parametrize(("code", "mapped"), SILENT)
def test_silence(code: str, mapped: str, tmp_path: Path) -> None:
    assert found(Twin("", MAPPED, ((code, ""), (mapped, "")), "").bad, tmp_path, RULE) == []


STORE = """
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step

    class Page(Event):
        url: str

    class Done(Event):
        pass

    class Crawler(Workflow):
        @step
        async def begin(self, ctx: Context, ev: StartEvent) -> Page | None:
            for url in ev.urls:
                ctx.send_event(Page(url=url))

        @step(num_workers=<1>)
        async def count(self, ctx: Context, ev: Page) -> Done:
            <0>
            return Done()

        @step
        async def finish(self, ctx: Context, ev: Done) -> StopEvent:
            return StopEvent(result=await ctx.store.get("words"))
"""
GET, LOAD = 'old = await ctx.store.get("words")', "text = await load(ev.url)"
SET = 'await ctx.store.set("words", old + len(text))'


@pytest.mark.parametrize(
    ("lines", "workers", "wanted"),
    [
        pytest.param((GET, LOAD, SET), "4", [True], id="waits between"),
        pytest.param((LOAD, GET, SET), "4", [], id="nothing between"),
        pytest.param((GET, LOAD, SET), "1", [], id="one worker"),
        pytest.param((GET, LOAD, 'await ctx.store.set("pages", old + 1)'), "4", [], id="another key"),
        pytest.param((GET, LOAD, 'await ctx.store.set("words", len(text))'), "4", [], id="set to something new"),
    ],
)
def test_what_workers_keep_in_the_store(
    lines: tuple[str, ...], workers: str, wanted: list[bool], tmp_path: Path
) -> None:
    code = "\n        ".join(lines)
    said = found(Twin("", STORE, ((code, ""), (workers, "")), "").bad, tmp_path, RULE)
    assert ["ctx.store.set" in line for line, _ in said] == wanted
