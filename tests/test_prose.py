"""Texts fall into sentences."""

from __future__ import annotations

import pytest

from wflint.model.prompt import sentences


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Read it. Then write.", ["Read it.", "Then write."], id="sentences"),
        pytest.param("Read the notes\n  and write.", ["Read the notes and write."], id="a wrapped line"),
        pytest.param("Steps:\n- read\n- write", ["Steps:", "- read", "- write"], id="a list"),
        pytest.param("1. Read.\n2. Write.", ["1. Read.", "2. Write."], id="a numbered list"),
        pytest.param("Use a source, e.g. The Times.", ["Use a source, e.g. The Times."], id="an abbreviation"),
        pytest.param("Text:\n{draft}\n", ["Text:", "{draft}"], id="a placeholder on its own line"),
        pytest.param("  \n ", [], id="nothing"),
    ],
)
def test_sentences(text: str, found: list[str]) -> None:
    assert list(sentences(text)) == found
