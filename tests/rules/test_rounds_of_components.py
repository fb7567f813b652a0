"""WF704: Haystack components that count their own runs further than the pipeline lets any run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "budget-inconsistent"
PIPELINE = """
    from haystack import Pipeline, component
    from haystack.components.builders import PromptBuilder
    from haystack.components.generators.chat import OpenAIChatGenerator

    MOST = 6

    @component
    class Checker:
        def __init__(self, most: int = 5):
            self.most = most
            self.runs = 0

        @component.output_types(fine=str, fault=str)
        def run(self, replies: list):
            <0>
            if "{" in replies[0].text or <1>:
                return {"fine": replies[0].text}
            return {"fault": replies[0].text}

    pipeline = Pipeline(max_runs_per_component=<2>)
    pipeline.add_component("prompt", PromptBuilder("{{ wish }} {{ fault }}", required_variables=["wish"]))
    pipeline.add_component("llm", OpenAIChatGenerator())
    pipeline.add_component("checker", Checker(<3>))
    pipeline.connect("prompt.prompt", "llm.messages")
    pipeline.connect("llm.replies", "checker.replies")
    <4>
"""
BACK = 'pipeline.connect("checker.fault", "prompt.fault")'
COUNTED = "self.runs += 1"


def pipeline(*parts: str) -> str:
    return Twin("", PIPELINE, tuple((part.replace("\n", "\n    "), "") for part in parts), "").bad


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((COUNTED, "self.runs > self.most", "3", "", BACK), id="a default"),
        pytest.param((COUNTED, "self.runs >= self.most", "3", "most=8", BACK), id="an argument"),
        pytest.param((COUNTED, "self.runs >= 6", "2", "", BACK), id="a number"),
        pytest.param((COUNTED, "self.runs >= MOST", "2", "", BACK), id="a constant"),
        pytest.param(
            ("if wrong(replies):\n        self.runs += 1", "self.runs > 4", "2", "", BACK), id="in some rounds"
        ),
    ],
)
def test_a_limit_below_the_rounds(parts: tuple[str, ...], tmp_path: Path) -> None:
    ((line, level),) = found(pipeline(*parts), tmp_path, RULE)
    assert parts[1] in line
    assert level is Level.WARNING


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((COUNTED, "self.runs > self.most", "8", "", BACK), id="enough"),
        pytest.param((COUNTED, "self.runs >= self.most", "5", "", BACK), id="just enough"),
        pytest.param((COUNTED, "self.runs > self.most", "len(input())", "", BACK), id="a limit that is not known"),
        pytest.param((COUNTED, "self.runs > self.most", "2", "len(input())", BACK), id="rounds that are not known"),
        pytest.param(("self.runs += 3", "self.runs > self.most", "2", "", BACK), id="several at once"),
        pytest.param((COUNTED, "self.runs > self.most", "2", "", "pass"), id="no loop"),
        pytest.param((COUNTED, "self.runs >= LIMIT", "2", "", BACK), id="a constant that is not known"),
    ],
)
def test_limits_that_let_the_rounds_through(parts: tuple[str, ...], tmp_path: Path) -> None:
    assert found(pipeline(*parts), tmp_path, RULE) == []
