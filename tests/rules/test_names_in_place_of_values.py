"""WF113 for names of results that stand alone where their values were meant to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.marked import loud, marked

PROGRAM = """
    from google.adk.agents import LlmAgent, SequentialAgent

    KEY = "call_notes"
    writer = LlmAgent(name="writer", model="m", instruction="Write down what was said.", output_key=KEY)
    namer = LlmAgent(name="namer", model="m", instruction="Find a title: {{call_notes}}")
    reader = LlmAgent(
        name="reader",
        model="m",
        include_contents={contents},{mark}
        instruction=f{text},
    )
    root_agent = SequentialAgent(name="calls", sub_agents=[writer, namer, reader])
"""
MARK = "  # <- WF113"


def program(text: str, contents: str = '"none"', mark: str = "") -> str:
    return PROGRAM.format(text=repr(text), contents=contents, mark=mark)


@pytest.mark.parametrize(
    "source",
    [
        pytest.param(program("How did it go?\nNotes:\n{KEY}", mark=MARK), id="on-a-line-of-its-own"),
        pytest.param(program("How did it go? Notes: {KEY}", mark=MARK), id="behind-a-colon"),
        pytest.param(program("How did it go?\nNotes:\n{{{KEY}}}"), id="in-braces"),
        pytest.param(program("How did it go?\nNotes:\n{KEY}", contents='"default"'), id="it-is-shown-what-was-said"),
        pytest.param(program("Say what {KEY} are for."), id="in-a-sentence"),
    ],
)
def test_exactly_what_is_marked(source: str, tmp_path: Path) -> None:
    assert loud(tmp_path, source) == marked(source)
