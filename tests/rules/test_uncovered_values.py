"""WF304 for values that a Haystack component gives a router and that no condition of its routes holds for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.twins import Twin, found
from wflint.model.finding import Level

RULE = "invalid-graph"
PROGRAM = """
    from typing import Literal
    from haystack import Pipeline, component
    from haystack.components.routers import ConditionalRouter

    @component
    class Weigh:
        @component.output_types(size=<0>, text=str)
        def run(self, text: str):
            size = <1>
            return {"size": size, "text": text}

    @component
    class Pack:
        @component.output_types(done=str)
        def run(self, text: str):
            return {"done": text}

    ROUTES = [
        {"condition": "{{ <2> }}", "output": "{{ text }}", "output_name": "one", "output_type": str},
        {"condition": "{{ <3> }}", "output": "{{ text }}", "output_name": "other", "output_type": str},
    ]
    p = Pipeline()
    p.add_component("weigh", Weigh())
    p.add_component("router", ConditionalRouter(ROUTES))
    p.add_component("pack", Pack())
    p.add_component("wrap", Pack())
    p.connect("weigh.size", "router.size")
    p.connect("weigh.text", "router.text")
    p.connect("router.one", "pack.text")
    p.connect("router.other", "wrap.text")
"""
CODE = '"big" if len(text) > 99 else "small" if text else "none"'


def _filled(*parts: str) -> str:
    return Twin("", PROGRAM, tuple((part, part) for part in parts), "").bad


@pytest.mark.parametrize(
    "parts",
    [
        ("str", CODE, "size == 'big'", "size in ['small', 'medium']"),
        ("Literal['big', 'small', 'none']", "self.told(text)", "size == 'big'", "size == 'small'"),
        ("int", "1 if text else 0", "size == 1", "size == 2"),
    ],
    ids=["what the code returns", "what the type lists", "numbers"],
)
def test_a_value_that_no_condition_holds_for(parts: tuple[str, ...], tmp_path: Path) -> None:
    said = found(_filled(*parts), tmp_path, RULE)
    assert [("ROUTES" in line, level) for line, level in said] == [(True, Level.ERROR)]


@pytest.mark.parametrize(
    "parts",
    [
        ("float", "self.weight(text)", "size >= 0.8", "size <= 0.3"),
        ("float", "self.weight(text)", "0.8 < size", "size < 0.8"),
        ("int", "len(text)", "size > 3", "size < 3"),
    ],
    ids=["between bounds", "at a bound", "whole numbers"],
)
def test_a_number_that_no_condition_holds_for_may_never_come(parts: tuple[str, ...], tmp_path: Path) -> None:
    said = found(_filled(*parts), tmp_path, RULE)
    assert [("ROUTES" in line, level) for line, level in said] == [(True, Level.WARNING)]


@pytest.mark.parametrize(
    "parts",
    [
        ("str", CODE, "size == 'big'", "size != 'big'"),
        ("str", CODE, "size == 'big'", "True"),
        ("str", CODE, "size == 'big'", "not size == 'big'"),
        ("str", CODE, "size == 'big'", "text|length < 9"),
        ("str", CODE, "size == 'big' or size == 'small'", "size in ('none',)"),
        ("str", "text.lower()", "size == 'big'", "size == 'small'"),
        ("bool", "True if text else False", "size", "not size"),
        ("float", "self.weight(text)", "size >= 0.8", "size < 0.8"),
        ("float", "self.weight(text)", "size >= 0.8", "0.1 <= size < 0.8"),
        ("int", "len(text)", "size > 3", "size < 4"),
        ("int", "self.status(text)", "size == 200", "size == 404"),
        ("object", "self.weight(text)", "size >= 0.8", "size <= 0.3"),
    ],
    ids=[
        "the opposite",
        "always",
        "denied",
        "something else",
        "several",
        "not known",
        "truth",
        "no gap",
        "beyond the bounds",
        "no whole number between",
        "certain numbers",
        "no number",
    ],
)
def test_silence(parts: tuple[str, ...], tmp_path: Path) -> None:
    assert found(_filled(*parts), tmp_path, RULE) == []
