"""Literals have the values that Python gives them."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.source.corpus import texts
from wflint.source.literals import encodable, float_value, integer_value, string_value


def evaluated(spelling: str) -> object:
    """What Python makes of a literal, its warnings about escapes aside."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.literal_eval(spelling)


def test_strings_of_real_files() -> None:
    spellings = {
        token.string
        for _, text in texts()
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.STRING and "f" not in token.string[:2].lower()
    }
    for spelling in spellings:
        expected = evaluated(spelling)
        assert string_value(spelling) == (expected if isinstance(expected, str) else None), spelling


@given(st.text(alphabet="\\abfnrtvxuUN01789{}ABD'é\n ", max_size=12), st.sampled_from(["", "r", "u", "R"]))
def test_strings_of_any_form(body: str, prefix: str) -> None:
    spelling = f'{prefix}"""{body}"""'
    try:
        expected = evaluated(spelling)
    except (SyntaxError, ValueError):
        return
    assert string_value(spelling) == expected


@given(st.integers(min_value=0, max_value=2**63 - 1), st.sampled_from(["{}", "{:_}", "{:#x}", "{:#o}", "{:#b}"]))
def test_integers(value: int, form: str) -> None:
    assert integer_value(form.format(value)) == value


@pytest.mark.parametrize("spelling", [str(2**63), "0x" + "f" * 17, "1" * 10_000])
def test_integers_that_are_too_large(spelling: str) -> None:
    assert integer_value(spelling) is None


@pytest.mark.parametrize(("spelling", "value"), [("1.5", 1.5), ("1_0e-3", 0.01), (".5", 0.5), ("1e400", None)])
def test_floats(spelling: str, value: float | None) -> None:
    assert float_value(spelling) == value


@pytest.mark.parametrize(("text", "expected"), [("a", True), ("é\N{GRINNING FACE}", True), ("\ud800", False)])
def test_encodable(text: str, expected: bool) -> None:  # noqa: FBT001  # a row of a table
    assert encodable(text) is expected
