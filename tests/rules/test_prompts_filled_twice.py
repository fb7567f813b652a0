"""WF201 for Haystack generators that are asked for the same by two prompt builders."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

REPORT = """
    from haystack import Pipeline
    from haystack.components.builders import ChatPromptBuilder, PromptBuilder
    from haystack.components.generators.chat import OpenAIChatGenerator
    from haystack.dataclasses import ChatMessage

    SUMMARY = "Summarise this quarterly report in five bullet points for management. {{{{ report }}}}"
    BULLETS = "{other} {{{{ {variable} }}}}"


    def chat(template):
        return ChatPromptBuilder([ChatMessage.from_user(template)], required_variables="*")


    pipeline = Pipeline()
    pipeline.add_component("summary_prompt", chat(SUMMARY))
    pipeline.add_component("summary_llm", OpenAIChatGenerator()){mark}
    pipeline.add_component("bullets_prompt", chat(BULLETS))
    pipeline.add_component("bullets_llm", OpenAIChatGenerator())
    pipeline.add_component("mail", PromptBuilder("{{{{ one }}}} {{{{ two }}}}", required_variables="*"))
    pipeline.connect("summary_prompt.prompt", "summary_llm.messages")
    pipeline.connect("bullets_prompt.prompt", "bullets_llm.messages")
    pipeline.connect("summary_llm.replies", "mail.one")
    pipeline.connect("bullets_llm.replies", "mail.two")
    pipeline.run({{"summary_prompt": {{"report": "r"}}, "bullets_prompt": {{"{variable}": "r"}}}})
"""
SAME = "Summarise this quarterly report in five bullet points for our management."
OTHER = "List every forward-looking statement of this filing with the page on which it stands."


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(REPORT.format(other=SAME, variable="report", mark="  # <- WF201"), id="the-same-of-the-same"),
        pytest.param(REPORT.format(other=SAME, variable="appendix", mark=""), id="the-same-of-another"),
        pytest.param(REPORT.format(other=OTHER, variable="report", mark=""), id="another-of-the-same"),
    ],
)
def test_two_builders_that_ask_for_the_same(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
