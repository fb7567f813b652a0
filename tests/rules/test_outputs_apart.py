"""WF503 for Haystack components that wait for two outputs of which another one gives either."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

PROGRAM = """
    from haystack import Pipeline, component
    from haystack.components.joiners import BranchJoiner
    from haystack.components.routers import ConditionalRouter

    ROUTES = [
        {{"condition": "{{{{ n > 0 }}}}", "output": "{{{{ n }}}}", "output_name": "some", "output_type": int}},
        {{"condition": "{{{{ n <= 0 }}}}", "output": "{{{{ n }}}}", "output_name": "none", "output_type": int}},
    ]


    @component
    class Look:
        @component.output_types(found=int, lacking=int)
        def run(self, n: int):
            {look}


    @component
    class Write:
        @component.output_types(text=str)
        def run(self, n: int):
            return {{"text": str(n)}}


    @component
    class Answer:
        @component.output_types(answer=str)
        def run(self, {inputs}):
            return {{"answer": "done"}}


    pipeline = Pipeline()
    pipeline.add_component("look", Look())
    pipeline.add_component("router", ConditionalRouter(ROUTES))
    pipeline.add_component("write", Write())
    pipeline.add_component("answer", Answer()){mark}
    pipeline.connect("{first}", "write.n")
    pipeline.connect("write.text", "answer.text")
    pipeline.connect("{second}", "answer.n")
"""
EITHER = 'return {"found": n} if n else {"lacking": n}'
BOTH = 'return {"found": n, "lacking": n}'
MARK = "  # <- WF503"


def program(**parts: str) -> str:
    usual = {"look": EITHER, "inputs": "text: str, n: int", "first": "router.some", "second": "router.none", "mark": ""}
    return PROGRAM.format(**usual | parts)


OWN = {"first": "look.found", "second": "look.lacking"}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(program(mark=MARK), id="two-routes"),
        pytest.param(program(**OWN, mark=MARK), id="two-returns"),
        pytest.param(program(**OWN, look=BOTH), id="given-together"),
        pytest.param(program(**OWN, look="return self.seen(n)"), id="who-knows"),
        pytest.param(program(second="router.some"), id="one-route"),
        pytest.param(program(inputs="text: str, n: int = 0"), id="with-a-default"),
        pytest.param(program(inputs='n: int, text: str = ""'), id="the-other-with-a-default"),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
