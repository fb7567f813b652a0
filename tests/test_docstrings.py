"""Docstrings fall into sections, however they are written."""

from __future__ import annotations

from inspect import cleandoc

import pytest

from wflint.model.docstrings import Described, Docstring, read_docstring

GOOGLE = """
Find the documents.

Args:
    state (dict): What is known,
        all of it
    **rest: Anything else

Returns:
    dict: The new fields
        - documents: what was found
        - score (int): how well

Raises:
    KeyError: never
"""
NUMPY = """
Find the documents.

Parameters
----------
query : str
    The question.
top_k : int, optional
    How many
    at most.

Returns
-------
dict
    What was found.
"""
SPHINX = """
Find the documents.

:param query: The question
    that was asked.
:param int top_k: How many.
:returns: What was found.
:rtype: dict
"""
MODEL = """
The state.

Attributes:
    question: what the user asked
    documents: what was found
"""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(
            GOOGLE,
            Docstring(
                (Described("state", "What is known, all of it"), Described("rest", "Anything else")),
                returns=Described(
                    "", "The new fields documents: what was found score (int): how well", ("documents", "score")
                ),
            ),
            id="Google",
        ),
        pytest.param(
            NUMPY,
            Docstring(
                (Described("query", "The question."), Described("top_k", "How many at most.")),
                returns=Described("", "What was found."),
            ),
            id="NumPy",
        ),
        pytest.param(
            SPHINX,
            Docstring(
                (Described("query", "The question that was asked."), Described("top_k", "How many.")),
                returns=Described("", "What was found."),
            ),
            id="Sphinx",
        ),
        pytest.param(
            MODEL,
            Docstring(
                attributes=(
                    Described("question", "what the user asked"),
                    Described("documents", "what was found"),
                )
            ),
            id="attributes of a class",
        ),
        pytest.param("Returns the documents: all of them.", Docstring(), id="a sentence is no section"),
        pytest.param("Ask.\n\nNote:\n    query: is slow", Docstring(), id="another section"),
        pytest.param("", Docstring(), id="nothing"),
    ],
)
def test_sections(text: str, found: Docstring) -> None:
    assert read_docstring(cleandoc(text)) == found
