"""WF001: variables that a Haystack prompt prints, that its builder does without, and that nothing gives a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

LETTER = """
    from haystack import Pipeline, component
    from haystack.components.builders import PromptBuilder
    from haystack.components.generators.chat import OpenAIChatGenerator

    @component
    class Reader:
        @component.output_types(tenant=str)
        def run(self, note: str):
            return {"tenant": note}

    def build():
        pipeline = Pipeline()
        pipeline.add_component("reader", Reader())
        pipeline.add_component("prompt", PromptBuilder("<0>", required_variables=<1>))
        pipeline.add_component("llm", OpenAIChatGenerator())
        pipeline.connect("reader.tenant", "prompt.tenant")
        pipeline.connect("prompt.prompt", "llm.messages")
        return pipeline

    def write(note: str, **more):
        return build().run(<2>)
"""
BARE = "Write to {{ tenant }}, in a tone that is {{ tone }}."
RUN = '{"reader": {"note": note}}'


def letter(text: str, required: str = '["tenant"]', run: str = RUN) -> str:
    return Twin("", LETTER, ((text, ""), (required, ""), (run, "")), "").bad


@pytest.mark.parametrize("text", [BARE, BARE.replace("tone }}", "tone | upper }}")])
def test_a_variable_that_nothing_brings(text: str, tmp_path: Path) -> None:
    program = letter(text)
    (said,) = found(program, tmp_path, "template-unresolved")
    assert said[0].startswith('pipeline.add_component("prompt"')
    assert said[1] is Level.WARNING


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(letter(BARE, run='{"reader": {"note": note}, "prompt": {"tone": "warm"}}'), id="a run passes it"),
        pytest.param(letter(BARE, run='{"note": note, "tone": "warm"}'), id="passed by its own name"),
        pytest.param(letter(BARE, run='{"reader": {"note": note}, "prompt": more}'), id="a run may pass it"),
        pytest.param(letter(BARE, run='{"reader": {"note": note}, "prompt": {"template": note}}'), id="another text"),
        pytest.param(letter("To {{ tenant }}{% if tone %}, {{ tone }}{% endif %}."), id="asked for"),
        pytest.param(letter("To {{ tenant }}, {{ tone | default('warm') }}."), id="a default"),
        pytest.param(letter("To {{ tenant }}, {{ tone or 'warm' }}."), id="another value"),
        pytest.param(letter("To {{ tenant }}{% set tone = 'warm' %}, {{ tone }}."), id="set by the text"),
        pytest.param(letter("To {{ tenant }}."), id="no such variable"),
        pytest.param(letter(BARE, required='"*"'), id="without it nothing runs, which is told elsewhere"),
    ],
)
def test_variables_that_leave_no_gap(program: str, tmp_path: Path) -> None:
    assert found(program, tmp_path, "template-unresolved") == []
