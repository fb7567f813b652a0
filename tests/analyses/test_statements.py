"""Prose is split into what it promises and what it asks for; what is not plainly either stays whole."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.analyses.workflows import at, step
from wflint.analyses.prose.statements import statements_of
from wflint.model.prompt import Prompt, PromptText, TextRole


def split(text: str, role: TextRole = TextRole.INSTRUCTION) -> list[tuple[str, str]]:
    told = replace(step("write"), prompt=Prompt((PromptText(text, at(1), role),)))
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


def named(text: str, role: TextRole = TextRole.INSTRUCTION, doc: str = "") -> list[tuple[str, tuple[str, ...]]]:
    told = replace(step("write", "topic"), prompt=Prompt((PromptText(text, at(1), role),)), description=doc)
    return [(one.kind.value, one.names) for one in statements_of(told) if one.names]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Return a JSON object with the keys a and b.", [("promise", ("a", "b"))], id="in the sentence"),
        pytest.param('Judge it. Respond with:\n{"yes": 1, "why": ""}', [("promise", ("yes", "why"))], id="below it"),
        pytest.param('You will receive JSON: {"a": 1}. Judge it.', [("ask", ("a",))], id="what is given"),
        pytest.param(
            "Use the summary and the key_findings from the previous step.",
            [("ask", ("summary", "key_findings"))],
            id="asked for by name",
        ),
        pytest.param("Call the search tool with a JSON object with the keys a and b.", [], id="said to a tool"),
        pytest.param("Do not return a JSON object with the keys a and b.", [], id="denied"),
        pytest.param(
            'Return {"a": 1}. Example: for the input x, {"a": 2}', [("promise", ("a",))], id="an example of it"
        ),
    ],
)
def test_fields_that_are_named(text: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    assert named(text) == found


def test_docstrings_ask_for_parameters_and_promise_what_they_return() -> None:
    doc = "Write.\n\nArgs:\n    topic: what about\n    config: settings\n\nReturns:\n    dict with `notes` and `score`"
    assert named("", doc=doc) == [("ask", ("topic",)), ("promise", ("notes", "score"))]


def test_a_docstring_may_say_what_the_state_holds() -> None:
    doc = "Write.\n\nArgs:\n    state: The state.\n        - tone: how\n        - length: how much"
    assert named("", doc=doc) == [("ask", ("tone", "length"))]
