"""WF109 and WF101 in LlamaIndex workflows: what callers read of answers, and what helpers of a class keep."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

ANSWERS = """
    from llama_index.core.workflow import Event, StartEvent, StopEvent, Workflow, step
    from pydantic import BaseModel


    class Finding(BaseModel):
        headline: str
        certainty: float


    class Done(StopEvent):
        finding: Finding


    class Inner(Workflow):
        @step
        async def conclude(self, ev: StartEvent) -> {stop}:
            return {made}


    class Outer(Workflow):
        def __init__(self, inner: Workflow | None = None, **options):
            super().__init__(**options)
            self.inner = inner or Inner(timeout=10)

        @step
        async def ask(self, ev: StartEvent) -> StopEvent:
            {asked}
            return StopEvent(result=str({read})){mark}


    async def main():
        return await Outer(timeout=10).run()
"""
OWN = {"stop": "Done", "made": 'Done(finding=Finding(headline="x", certainty=0.5))'}
PLAIN = {"stop": "StopEvent", "made": 'StopEvent(result=Finding(headline="x", certainty=0.5))'}
LACKING = "  # <- WF109"


def answers(read: str, mark: str = "", asked: str = "done = await self.inner.run()", **parts: str) -> str:
    return ANSWERS.format(**{"read": read, "mark": mark, "asked": asked, **OWN, **parts})


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(answers("done.finding.confidence", LACKING), id="a part of a field of its own event"),
        pytest.param(answers("done.finding.certainty"), id="one that it has"),
        pytest.param(answers("done.remark", LACKING), id="a field that its own event is never given"),
        pytest.param(answers("done.remark", made='Done(finding=None, remark="x")'), id="an event takes any field"),
        pytest.param(answers("done.finding.model_dump()"), id="a method of the library"),
        pytest.param(answers("done.confidence", LACKING, **PLAIN), id="an attribute of the result"),
        pytest.param(answers("done.certainty", **PLAIN), id="one that the result has"),
        pytest.param(answers("done.ctx", asked="done = self.inner.run()", **PLAIN), id="a run under way"),
        pytest.param(
            answers("done.confidence", stop="StopEvent", made="StopEvent(result=made(ev))"), id="a result nobody knows"
        ),
    ],
)
def test_what_is_read_of_an_answer(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


WRITTEN = """
    from llama_index.core.workflow import StartEvent, StopEvent, Workflow, step
    from pydantic import BaseModel


    class Item(BaseModel):
        name: str
        amount: float


    class Bill(BaseModel):
        items: list[Item]
        first: Item


    class Billing(Workflow):
        @step
        async def bill(self, ev: StartEvent) -> StopEvent:
            return StopEvent(result=Bill(items=find(ev.text), first=find(ev.text)[0]))


    def shown(bill):
        lines = [f"{{item['name']}}: {{item['amount']}}" for item in bill["items"]]
        return [*lines, bill["first"]["name"], bill["items"][0]["amount"]]


    async def main():
        result = await Billing(timeout=10).run(text="two apples")
        print({read})
"""


@pytest.mark.parametrize(
    "read",
    [
        pytest.param("shown(result.model_dump())", id="all of it written out"),
        pytest.param("shown(dict(result.model_dump()))", id="a copy of that"),
        pytest.param("result.first['name']  # <- WF109", id="a model is no dict"),
        pytest.param("result.model_copy().first['name']  # <- WF109", id="a copy of a model is none either"),
    ],
)
def test_models_in_a_model_that_is_written_out_are_dicts(read: str, tmp_path: Path) -> None:
    source = WRITTEN.format(read=read).replace("  # <- WF109)", ")  # <- WF109")
    assert loud(tmp_path, source) == marked(source)


KEPT = """
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step


    class Remembering(Workflow):
        PREFIX = "notes"

        async def remember(self, ctx: Context, name: str, value: object) -> None:
            await ctx.store.set(f"{{self.PREFIX}}_{{name}}", value)

        async def recall(self, ctx: Context, name: str) -> object:
            return await ctx.store.get(f"{{self.PREFIX}}_{{name}}"){mark}
        {more}

    class Next(Event):
        pass


    class Planner(Remembering):
        @step
        async def outline(self, ctx: Context, ev: StartEvent) -> Next:
            await self.remember(ctx, {kept}, ev.city)
            return Next()

        @step
        async def offer(self, ctx: Context, ev: Next) -> StopEvent:
            {begin}
            return StopEvent(result=await self.recall(ctx, "city"))


    async def main():
        return await Planner(timeout=10).run(city="Rome")
"""
MISSING = "  # <- WF101"


def kept(key: str, mark: str = "", more: str = "", begin: str = "pass") -> str:
    return KEPT.format(kept=key, mark=mark, more=more, begin=begin)


ASIDE = """
        async def fill(self, ctx: Context) -> None:
            for name in names():
                await self.remember(ctx, name, "")
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(kept('"destination"', MISSING), id="under another name"),
        pytest.param(kept('"city"'), id="under the same name"),
        pytest.param(kept("str(ev.city)"), id="under a name nobody knows"),
        pytest.param(kept('"destination"', more=ASIDE), id="another method sets more"),
        pytest.param(kept('"destination"', begin="await fill(ctx)"), id="code that nobody sees has the context"),
    ],
)
def test_what_helpers_of_a_workflow_keep(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


SENT = """
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step


    class Work(Event):
        q: str


    class Done(Event):
        a: str


    class Flow(Workflow):
        def emit(self, ctx: Context, q: str) -> None:
            ctx.send_event(Work(q=q))

        @step
        async def begin(self, ctx: Context, ev: StartEvent) -> Work | None:
            {sent}
            return None

        @step
        async def work(self, ev: Work) -> Done:
            return Done(a=ev.q)

        @step
        async def end(self, ctx: Context, ev: Done) -> StopEvent | None:
            got = ctx.collect_events(ev, [Done] * 3){mark}
            return StopEvent(result=len(got)) if got else None
"""


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(SENT.format(sent='self.emit(ctx, "a"); self.emit(ctx, "b")', mark="  # <- WF503"), id="two"),
        pytest.param(SENT.format(sent='[self.emit(ctx, q) for q in ("a", "b", "c")]', mark=""), id="three"),
        pytest.param(SENT.format(sent="[self.emit(ctx, q) for q in ev.qs]", mark=""), id="as many as the caller likes"),
        pytest.param(
            SENT.format(sent='self.emit(ctx, "a"); emit(self, ctx)', mark=""), id="more may be sent elsewhere"
        ),
    ],
)
def test_events_that_helpers_send(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)


def test_adding_an_inner_workflow_is_no_run(tmp_path: Path) -> None:
    source = """
        from llama_index.core.workflow import Context, StartEvent, StopEvent, Workflow, step


        class Inner(Workflow):
            @step
            async def work(self, ev: StartEvent) -> StopEvent:
                return StopEvent(result=ev.topic)


        class Outer(Workflow):
            @step
            async def begin(self, ctx: Context, ev: StartEvent) -> StopEvent:
                return StopEvent(result=ev.topic)


        def made():
            outer = Outer()
            outer.add_workflows(inner=Inner())
            return outer
    """
    (tmp_path / "requirements.txt").write_text("llama-index-core==0.11.18\n", encoding="utf-8")
    assert loud(tmp_path, source) == []
