"""JSON with comments: what it says, and where."""

from __future__ import annotations

import json

import pytest

from wflint.errors import UnreadableSource
from wflint.source.jsonc import parse
from wflint.source.yaml import Listing, Node, Scalar, Table

TEXT = """\
{
\t// "quoted": in a comment
  "url": "http://a/*b*/", /* two
  lines */ "list": [1, -2.5, true, null, [],],
  "deep": {"a\\"b": {"c": "\\ud83d\\ude00"}},
}
"""


def plain(node: Node | None) -> object:
    match node:
        case Scalar(value=value):
            return value
        case Listing(items=items):
            return [plain(item) for item in items]
        case Table(pairs=pairs):
            return {pair.key.value: plain(pair.value) for pair in pairs}
        case _:
            return None


def test_comments_and_trailing_commas_say_nothing() -> None:
    known: object = {"url": "http://a/*b*/", "list": [1, -2.5, True, None, []], "deep": {'a"b': {"c": "😀"}}}
    assert plain(parse(TEXT)) == known


def test_everything_knows_where_it_is() -> None:
    root = parse(TEXT)
    assert isinstance(root, Table)
    written = {str(pair.key.value): TEXT[slice(*pair.value.at)] for pair in root.pairs}
    assert written["url"] == '"http://a/*b*/"'
    assert written["list"] == "[1, -2.5, true, null, [],]"
    assert json.loads(written["deep"]) == {'a"b': {"c": "😀"}}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param('{\n "a": 1\n "b": 2}', 3, id="no comma"),
        pytest.param("{\n a: 1}", 2, id="a bare key"),
        pytest.param('// c\n{"a": [1,\n,2]}', 3, id="a comma alone"),
        pytest.param('{"a": 1\n/* open', 2, id="a comment without an end"),
        pytest.param("", 1, id="nothing"),
        pytest.param("[" * 100_000, 1, id="too deep"),
        pytest.param("\n" + "[" * 60 + "]" * 60, 2, id="deep"),
        pytest.param('{"a": "b",\n"c": ["\\ud800"]}', 2, id="a lone surrogate"),
        pytest.param('{"a": "b",\n"\\udfff": 1}', 2, id="a lone surrogate in a key"),
    ],
)
def test_what_is_no_json_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(UnreadableSource) as caught:
        parse(text)
    assert caught.value.line == line
