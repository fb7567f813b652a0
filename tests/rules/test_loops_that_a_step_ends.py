"""WF702 where a step decides by what another step's model wrote, and looks at nothing else (LlamaIndex)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

LOOP = """
    import counting
    from llama_index.core.workflow import Context, Event, StartEvent, StopEvent, Workflow, step
    from llama_index.llms.openai import OpenAI

    llm = OpenAI(model="gpt-4o-mini")


    class Attempt(Event):
        remark: str
        tries: int = 0


    class Query(Event):
        text: str
        tries: int


    class Judged(Event):
        draft: str
        verdict: str
        tries: int


    class Bot(Workflow):
        seen = 0

        @step
        async def begin(self, ev: StartEvent) -> Attempt:
            return Attempt(remark="nothing")

        @step
        async def write(self, ev: Attempt) -> Query:
            return Query(text=str(await llm.acomplete(ev.remark)), tries=ev.tries + 1)

        @step
        async def judge(self, ev: Query) -> Judged:
            said = await llm.acomplete(ev.text)
            return Judged(draft=ev.text, verdict={verdict}, tries=ev.tries)

        @step
        async def decide(self, ctx: Context, ev: Judged) -> Attempt | StopEvent:{mark}
            {look}
            if {test}:
                return StopEvent(result=ev.draft)
            return Attempt(remark=ev.verdict, tries=ev.tries)

        def content(self, text):
            self.seen += 1
            return self.seen > 3 or "OK" in text


    async def main():
        return await Bot(timeout={timeout}).run()
"""
ENDLESS = "  # <- WF702"


def loop(
    test: str, mark: str = "", look: str = "pass", verdict: str = "str(said).strip()", timeout: str = "None"
) -> str:
    return LOOP.format(test=test, mark=mark, look=look, verdict=verdict, timeout=timeout)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(loop('"OK" in ev.verdict', ENDLESS), id="a word in the event"),
        pytest.param(loop('"OK" in ev.verdict', ENDLESS, verdict="said.text"), id="the text of the answer"),
        pytest.param(loop('said.startswith("OK")', ENDLESS, "said = ev.verdict.upper()"), id="a name for it"),
        pytest.param(loop('"OK" in ev.verdict or len(ev.verdict) < 3', ENDLESS), id="its length, too"),
        pytest.param(loop('"OK" in ev.verdict or ev.tries >= 4'), id="a count in the event"),
        pytest.param(loop('"OK" in ev.verdict or self.seen > 4', look="self.seen += 1"), id="a count of its own"),
        pytest.param(loop("self.content(ev.verdict)"), id="a method that may count"),
        pytest.param(loop("counting.enough(ev.verdict)"), id="a function that nobody knows"),
        pytest.param(loop('"OK" in ev.verdict', verdict="check(said)"), id="what code makes of the answer"),
        pytest.param(loop('"OK" in ev.verdict', timeout="60"), id="a run that is ended by the clock"),
    ],
)
def test_a_step_that_decides_by_what_another_model_wrote(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
