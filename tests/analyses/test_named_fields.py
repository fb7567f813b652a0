"""Fields that prose names, and words that only look like it."""

from __future__ import annotations

import pytest

from wflint.analyses.prose.named_fields import code_words, objects_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Return a JSON object with the keys a, b and c.", ("a", "b", "c"), id="keys in a row"),
        pytest.param("a JSON object with fields: title, body (string), tags", ("title", "body", "tags"), id="types"),
        pytest.param("JSON with a single key 'score' and no preamble.", ("score",), id="one key"),
        pytest.param('Give a "score" key.', ("score",), id="the name comes first"),
        pytest.param(
            "JSON with these keys:\n- summary: the text\n- **score** (int): how good\n\nBe kind.",
            ("summary", "score"),
            id="a list",
        ),
        pytest.param('Answer {"a": "x: y", "b": {"c": 2}, "d": [{"e": 1}]} only', ("a", "b", "d"), id="a literal"),
        pytest.param('Answer {{"a": {{"c": 1}}, "b": 2}} only, "c": 3', ("a", "b"), id="doubled braces"),
        pytest.param("{'a': 1, 'b': 2}", ("a", "b"), id="single quotes"),
        pytest.param('[{"a": 1}, {"b": 2}]', (), id="elements of a list"),
        pytest.param("Report the key findings and the keys to success.", (), id="key as a word"),
        pytest.param("Name the fields of agriculture and industry.", (), id="fields of another kind"),
        pytest.param("Return JSON with fields of interest.", (), id="no names follow"),
        pytest.param("Return JSON with the keys a person needs.", (), id="a clause follows"),
        pytest.param("Plan for {topic} with {budget}.", (), id="placeholders"),
    ],
)
def test_objects(text: str, names: tuple[str, ...]) -> None:
    assert tuple(name for named in objects_in(text) for name in named.names) == names


@pytest.mark.parametrize(
    ("phrase", "names"),
    [
        pytest.param("the `summary` and the key_findings", ("summary", "key_findings"), id="code"),
        pytest.param("the {key_findings} and [start_date]", (), id="placeholders"),
        pytest.param("the search_web tool and the `writer` agent", (), id="whoever does work"),
        pytest.param("the main_file.py and notes/my_file", (), id="files"),
        pytest.param("the summary", (), id="a word"),
    ],
)
def test_words_written_as_code(phrase: str, names: tuple[str, ...]) -> None:
    assert code_words(phrase) == names
