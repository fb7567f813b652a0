from __future__ import annotations

import pytest

from wflint.matching.words import is_plural, root, split_name, split_prose, stem


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("search_results", ("search", "results")),
        ("searchResults2", ("search", "results", "2")),
        ("HTTPResponse", ("http", "response")),
        ("k8s_pods", ("k8s", "pods")),
        ("q1", ("q1",)),
        ("__", ()),
        ("", ()),
    ],
)
def test_names_fall_into_words(name: str, words: tuple[str, ...]) -> None:
    assert split_name(name) == words


def test_prose_falls_into_words_and_so_do_the_names_in_it() -> None:
    assert split_prose("Don't use the `raw_text` of pageTwo.") == (
        "dont", "use", "the", "raw", "text", "of", "page", "two",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("queries", "query"),
        ("summarises", "summarized"),
        ("retrieve", "retrieving"),
        ("planned", "plan"),
        ("indices", "index"),
        ("boxes", "box"),
    ],
)
def test_inflection_does_not_make_another_word(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("retriever", "retrieval"), ("classifier", "classification")])
def test_derived_words_share_their_root(one: str, other: str) -> None:
    assert root(one) == root(other)


@pytest.mark.parametrize("word", ["status", "class", "analysis", "red", "string", "user"])
def test_what_looks_like_an_ending_and_is_none(word: str) -> None:
    assert not is_plural(word)
    assert stem(word) == word
