"""Correct programs that rules have nothing to say about, beside the slip next to each."""

from __future__ import annotations

import re

import pytest

from wflint.analyses.prose.sections import _SECTION


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("You water plants.\n- Input: bed (string, required).", True),
        ("**Response:**\n- the litres as a number", True),
        ("Expected output: one line", True),
        ("You water plants. Look at the input first.", False),
        ("Response:", False),
    ],
)
def test_a_section_with_content_declares(text: str, declared: bool) -> None:  # noqa: FBT001
    assert bool(re.search(_SECTION, text)) is declared
