from __future__ import annotations

import re
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from wflint.writers import escape

HARD = st.text(st.one_of(st.characters(), st.sampled_from("\x00\x1b\x9b\r\n\t\u202e\u2028`*_[]()<>!#|\\&@:./-~")))


@given(HARD)
def test_what_is_printed_moves_no_cursor_and_is_as_wide_as_before(text: str) -> None:
    shown = escape.printable(text)
    assert len(shown) == len(text)
    assert [sign for sign in shown if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}] == []
    shown.encode()
    assert len((shown + "x").splitlines()) == 1


def test_plain_words_stay_as_they_are() -> None:
    assert escape.printable('step "Prüfung" → «ok» 値') == 'step "Prüfung" → «ok» 値'
    assert escape.printable("a\x1b[2Jb\x7f\x85\u202ec") == "a␛[2Jb␡\ufffd\ufffdc"


@pytest.mark.parametrize(
    ("text", "data", "value"),
    [
        ("100%\r\n::error::x", "100%25%0D%0A::error::x", "100%25%0D%0A%3A%3Aerror%3A%3Ax"),
        ("a,b:c", "a,b:c", "a%2Cb%3Ac"),
        ("%0A", "%250A", "%250A"),
    ],
)
def test_a_workflow_command_is_one_line(text: str, data: str, value: str) -> None:
    assert escape.command_data(text) == data
    assert escape.command_property(text) == value


@given(HARD)
def test_xml_holds_what_is_left(text: str) -> None:
    element = ET.Element("a", {"b": escape.xml(text)})
    element.text = escape.xml(text)
    assert ET.fromstring(ET.tostring(element)).tag == "a"  # noqa: S314 (our own)


def _inline(cell: str) -> list[Token]:
    """The tokens of a cell, as GitHub's flavour has them."""
    parsed = MarkdownIt("gfm-like", {"linkify": False}).parse(f"| a | b |\n|---|---|\n| {cell} | end |\n")
    assert [token.content for token in parsed if token.type == "inline"][2:][1:] == ["end"]
    cells = [token for token in parsed if token.type == "inline"]
    assert len(cells) == 4
    return cells[2].children or []


@given(HARD)
def test_markdown_is_plain_text_in_one_cell(text: str) -> None:
    tokens = _inline(escape.markdown(text))
    assert {token.type for token in tokens} <= {"text", "text_special"}
    read = "".join(token.content for token in tokens).replace("\u200b", "")
    assert read.split() == escape.printable(text).replace("\u200b", "").split()


@given(HARD)
def test_a_code_span_is_one_code_span(text: str) -> None:
    (token,) = _inline(escape.code_span(text))
    assert token.type == "code_inline"
    assert token.content.split() == escape.printable(text).replace("|", "¦").split()


@pytest.mark.parametrize("text", ["@everyone", "see #12", "http://evil.test", "www.evil.test", "WWW.EVIL.TEST"])
def test_nobody_is_called_and_nothing_linked(text: str) -> None:
    shown = escape.markdown(text)
    assert re.search(r"@\w|#\d|://|www\.|WWW\.", shown.replace("\\", "")) is None
