"""A sentence is added to the text it is for, and nothing else changes."""

from __future__ import annotations

import pytest

from wflint.source.prompt_edit import PromptEdit, add_sentence

SENTENCE = "Answer in JSON."


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        pytest.param('ask( "Count." )  # so\n', "Count.", 'ask( "Count.\\nAnswer in JSON." )  # so\n', id="a string"),
        pytest.param("a = r'Count\\d.'\n", "Count\\d.", "a = r'Count\\d. Answer in JSON.'\n", id="a raw string"),
        pytest.param(
            'a = """\n  Count.\n  """\n', "Count.", 'a = """\n  Count.\n  Answer in JSON.\n  """\n', id="several lines"
        ),
        pytest.param(
            'a = f"Count {x} in {y}"\n', "Count … in …", 'a = f"Count {x} in {y}\\nAnswer in JSON."\n', id="an f-string"
        ),
        pytest.param(
            'a = ("Count "\n     "all.")\n',
            "Count all.",
            'a = ("Count "\n     "all.\\nAnswer in JSON.")\n',
            id="side by side",
        ),
        pytest.param(
            'a = "Count in {garden}."\n', "Count in ….", 'a = "Count in {garden}.\\nAnswer in JSON."\n', id="a template"
        ),
        pytest.param(
            'a = f"Give {{}} for {x}."\n', "Give {} for ….", 'a = f"Give {{}} for {x}.\\nAnswer in JSON."\n',
            id="doubled braces",
        ),
    ],
)  # fmt: skip
def test_the_sentence_follows_the_text(source: str, text: str, expected: str) -> None:
    assert add_sentence(source, PromptEdit(text, SENTENCE)) == expected
    compile(expected, "x.py", "exec")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param('a = "Count."\nb = "Count."\n', "Count.", id="twice"),
        pytest.param('a = "Count all."\n', "Count.", id="another text"),
        pytest.param("a = b'Count.'\n", "Count.", id="bytes"),
        pytest.param('a = "Count.\n', "Count.", id="no Python"),
    ],
)
def test_what_is_not_there_once_is_left_alone(source: str, text: str) -> None:
    assert add_sentence(source, PromptEdit(text, SENTENCE)) is None
