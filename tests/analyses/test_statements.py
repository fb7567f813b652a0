"""Prose is split into what it promises and what it asks for; what is not plainly either stays whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.analyses.workflows import at, step
from wflint.analyses.statements import statements_of
from wflint.model.prose import Briefing, Prose, TextRole


def split(text: str, role: TextRole = TextRole.INSTRUCTION) -> list[tuple[str, str]]:
    told = replace(step("write"), told=Briefing((Prose(text, at(1), role),)))
    return [(one.kind.value, one.phrase) for one in statements_of(told)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Return a JSON object with the keys a and b.", [("promise", "a JSON object")], id="an order"),
        pytest.param("Given the research findings, name three risks.", [("ask", "the research findings")], id="given"),
        pytest.param(
            "Use the outline from the editor.",
            [("ask", "the outline from the editor"), ("ask", "the editor")],
            id="use",
        ),
        pytest.param(
            "You will receive the notes of the meeting.", [("ask", "the notes of the meeting")], id="receives"
        ),
        pytest.param("Plan a trip based on {topic}.", [], id="a placeholder is a need of its own"),
        pytest.param("Use a friendly tone.", [], id="nothing that is there already"),
        pytest.param("Do not use the outline.", [], id="denied"),
        pytest.param("Be precise so that the editor can use the outline.", [], id="said of somebody else"),
        pytest.param("You are an editor who knows the classics.", [], id="neither"),
    ],
)
def test_instructions(text: str, found: list[tuple[str, str]]) -> None:
    assert split(text) == found


def test_a_declared_result_is_a_promise_as_a_whole() -> None:
    assert split("A list of sources", TextRole.RESULT) == [("promise", "A list of sources")]


@pytest.mark.parametrize("role", [TextRole.ABOUT, TextRole.SELF])
def test_what_is_said_about_a_step_is_neither(role: TextRole) -> None:
    assert split("Use the outline.", role) == []
