"""Token counts of providers and frameworks on one footing."""

from __future__ import annotations

import pytest

from wflint.traces.columns import rows_of
from wflint.traces.draft import Draft, Flag
from wflint.traces.usage import fill

COUNTS = (1000, 50, 300, 20)
"""Input with the cached part, output with reasoning, cached, reasoning."""


@pytest.mark.parametrize(
    "usage",
    [
        pytest.param(
            {
                "prompt_tokens": 1000,
                "completion_tokens": 50,
                "prompt_tokens_details": {"cached_tokens": 300},
                "completion_tokens_details": {"reasoning_tokens": 20},
            },
            id="chat completions",
        ),
        pytest.param(
            {
                "input_tokens": 1000,
                "output_tokens": 50,
                "input_tokens_details": {"cached_tokens": 300},
                "output_tokens_details": {"reasoning_tokens": 20},
            },
            id="responses",
        ),
        pytest.param(
            {
                "input_tokens": 1000,
                "output_tokens": 50,
                "input_token_details": {"cache_read": 300},
                "output_token_details": {"reasoning": 20},
            },
            id="langchain",
        ),
        pytest.param(
            {"input": 700, "input_cache_read": 300, "output": 30, "output_reasoning": 20, "total": 1050},
            id="parts that add up",
        ),
        pytest.param(
            {
                "prompt_token_count": 1000,
                "candidates_token_count": 30,
                "thoughts_token_count": 20,
                "cached_content_token_count": 300,
            },
            id="gemini",
        ),
    ],
)
def test_each_form_has_the_same_counts(usage: dict[str, object]) -> None:
    draft = Draft()
    fill(draft, usage)
    (row,) = rows_of([draft])
    assert tuple(row[["input", "output", "cached", "reasoning"]]) == COUNTS


def test_anthropic_keeps_its_cache_apart() -> None:
    draft = Draft()
    fill(
        draft,
        {"input_tokens": 100, "output_tokens": 5, "cache_read_input_tokens": 600, "cache_creation_input_tokens": 300},
    )
    assert (draft.input, draft.cached, draft.written) == (1000, 600, 300)


def test_thoughts_that_only_the_total_holds_are_output() -> None:
    (row,) = rows_of([Draft(input=1000, output=20, total=1050)])
    assert (row["output"], row["reasoning"]) == (50, 30)


def test_a_total_that_holds_less_changes_nothing() -> None:
    (row,) = rows_of([Draft(input=1000, output=20, total=900)])
    assert (row["output"], row["reasoning"]) == (20, -1)


@pytest.mark.parametrize("value", [-3, 10**12, "many", None, True, float("nan")])
def test_what_is_no_count_is_unknown(value: object) -> None:
    draft = Draft()
    fill(draft, {"input_tokens": value, "output_tokens": 1})
    assert (draft.input, draft.output) == (-1, 1)


def test_a_negative_count_is_marked() -> None:
    draft = Draft()
    fill(draft, {"input_tokens": -3, "output_tokens": 1})
    assert draft.flags & Flag.BAD_COUNT


@pytest.mark.parametrize("usage", [None, [], "none", 3])
def test_no_record_fills_nothing(usage: object) -> None:
    draft = Draft()
    fill(draft, usage)
    assert draft == Draft()


def test_a_total_says_that_the_cache_is_inside() -> None:
    draft = Draft()
    fill(draft, {"input_tokens": 100, "output_tokens": 20, "total_tokens": 120, "cache_read_input_tokens": 60})
    assert (draft.input, draft.cached) == (100, 60)
