from __future__ import annotations

import pytest

from wflint.errors import UnreadableSource
from wflint.source.yaml import Listing, Node, Scalar, Table, line_starts, parse


def plain(node: Node | None) -> object:
    """A document as Python would load it."""
    match node:
        case Table(pairs=pairs):
            return {pair.key.value: plain(pair.value) for pair in pairs}
        case Listing(items=items):
            return [plain(item) for item in items]
        case Scalar(value=value):
            return value
        case None:
            return None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "a: text\nb: [1, 2.5, true, yes, null]", {"a": "text", "b": [1, 2.5, True, "yes", None]}, id="plain"
        ),
        pytest.param("a: >\n  folded\n  text\n", {"a": "folded text\n"}, id="folded block"),
        pytest.param("a: |\n  x\n  y\n", {"a": "x\ny\n"}, id="literal block"),
        pytest.param("a: &x {k: 1}\nb: {<<: *x, l: 2}", {"a": {"k": 1}, "b": {"k": 1, "l": 2}}, id="merged alias"),
        pytest.param("a: 1\na: 2", {"a": 2}, id="the later of two pairs counts"),
        pytest.param("a: {}\nb: []", {"a": {}, "b": []}, id="empty collections"),
        pytest.param("a: !own {k: 1}\nb: !own text", {"a": {"k": 1}, "b": "text"}, id="tags are not followed"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_reads_what_a_document_says(text: str, expected: object) -> None:
    assert plain(parse(text)) == expected


def test_everything_knows_its_place() -> None:
    text = "task:\n  description: >\n    Find {topic}\n\n  agent: 'a'\n"
    root = parse(text)
    assert isinstance(root, Table)
    task = root.pairs[0].value
    assert isinstance(task, Table)
    assert [(text[slice(*pair.key.at)], text[slice(*pair.value.at)]) for pair in task.pairs] == [
        ("description", ">\n    Find {topic}"),
        ("agent", "'a'"),
    ]
    assert line_starts("a\nbc\n") == (0, 2, 5)


@pytest.mark.parametrize(
    "text",
    ["a: [", "a: b: c", "a: *nobody", "\t- x", "---\na: 1\n---\nb: 2\n", "a: &a [*a]", "x: \x00"],
)
def test_refuses_what_is_no_document(text: str) -> None:
    with pytest.raises(UnreadableSource):
        parse(text)


def test_aliases_are_followed_within_bounds() -> None:
    doubling = "\n".join(f"a{n}: &a{n} [{f'*a{n - 1}, *a{n - 1}' if n else 'x'}]" for n in range(30))
    with pytest.raises(UnreadableSource, match="too large"):
        parse(doubling)


def test_says_where_a_document_goes_wrong() -> None:
    with pytest.raises(UnreadableSource) as error:
        parse("a: 1\nb: [\n")
    assert error.value.line == 3


@pytest.mark.parametrize("text", ['a: 1\nb: [x, "\\ud800"]\n', 'a: 1\n"\\udfff": x\n'], ids=["a value", "a key"])
def test_a_lone_surrogate_is_no_text(text: str) -> None:
    with pytest.raises(UnreadableSource, match="lone surrogate") as error:
        parse(text)
    assert error.value.line == 2


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 5_000, "a: " + "{b: " * 5_000, "a: b\nc: [" + "[1], " * 3 + "[" * 5_000]
)
def test_brackets_that_nest_too_deeply_are_refused_where_they_do(text: str) -> None:
    with pytest.raises(UnreadableSource, match="nests too deeply") as refused:
        parse(text)
    assert refused.value.line == text.count("\n") + 1


def test_brackets_in_texts_and_side_by_side_do_not_nest() -> None:
    text = "a: '" + "[" * 500 + "'\nb: \"" + "{" * 500 + '"\nc: [' + "[1], " * 500 + "]\n# " + "[" * 500 + "\n"
    assert isinstance(parse(text), Table)


def test_a_version_that_nobody_made_is_no_yaml() -> None:
    with pytest.raises(UnreadableSource, match="no YAML"):
        parse("a:\n%YAML 9.9\n  - b\n")
