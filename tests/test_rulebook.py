from __future__ import annotations

from pathlib import Path

import pytest

from wflint import rulebook
from wflint.errors import ConfigError, UsageError
from wflint.model.finding import Confidence, Level, Persona
from wflint.rulebook import BrokenPage, Requirement, Rulebook, RulePage, Scope, parse_page, read_pages

PAGE = """+++
code = "WF301"
name = "unreachable-step"
summary = "A step that no path from the start can reach."
scope = "workflow"
level = "warning"
confidence = "high"
persona = "pedantic"
needs = ["complete-edges"]
since = "0.1.0"
+++

## What it finds

Steps.
"""


def other(code: str, name: str) -> str:
    return PAGE.replace("WF301", code).replace("unreachable-step", name)


def test_a_page_is_read_whole() -> None:
    assert parse_page(PAGE, "unreachable-step.md") == RulePage(
        code="WF301",
        name="unreachable-step",
        summary="A step that no path from the start can reach.",
        scope=Scope.WORKFLOW,
        level=Level.WARNING,
        confidence=Confidence.HIGH,
        persona=Persona.PEDANTIC,
        needs=(Requirement.COMPLETE_EDGES,),
        since="0.1.0",
        body="## What it finds\n\nSteps.\n",
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param("+++\n", "", "no front matter between two lines of +++", id="no front matter"),
        pytest.param(
            '"WF301"', "WF301", "front matter is not TOML: Invalid value (at line 1, column 8)", id="not TOML"
        ),
        pytest.param('"WF301"', '"W1"', "key 'code': String should match pattern '^[A-Z]{2,6}\\d{3}$'", id="code"),
        pytest.param('level = "warning"\n', "", "key 'level': Field required", id="missing"),
        pytest.param("since", "sinse", "key 'since': Field required", id="misspelt"),
        pytest.param(
            "since", 'colour = "red"\nsince', "key 'colour': Extra inputs are not permitted", id="unknown key"
        ),
        pytest.param('["complete-edges"]', '["luck"]', "key 'needs.0': Input should be 'complete-edges'", id="needs"),
        pytest.param(
            '"unreachable-step"',
            '"unreached-step"',
            "key 'name': the file of 'unreached-step' is unreached-step.md",
            id="name and file",
        ),
    ],
)
def test_a_broken_page_names_itself_and_the_key(old: str, new: str, reason: str) -> None:
    with pytest.raises(BrokenPage) as caught:
        parse_page(PAGE.replace(old, new), "unreachable-step.md")
    assert str(caught.value) == f"rule page unreachable-step.md: {reason}"


def test_pages_come_in_the_order_of_their_codes(tmp_path: Path) -> None:
    for code, name in (("WF502", "b"), ("WF501", "c"), ("WF301", "a")):
        (tmp_path / f"{name}.md").write_text(other(code, name), encoding="utf-8")
    assert [page.code for page in read_pages(tmp_path).pages] == ["WF301", "WF501", "WF502"]


def test_two_pages_with_one_code_are_an_error(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(other("WF301", name), encoding="utf-8")
    with pytest.raises(BrokenPage, match=r"key 'code': ..md has WF301 too"):
        read_pages(tmp_path)


BOOK = Rulebook(
    tuple(
        parse_page(other(code, name), f"{name}.md")
        for code, name in (("WF301", "unreachable-step"), ("WF501", "concurrent-write"), ("WF502", "join-runs-twice"))
    )
)


@pytest.mark.parametrize(
    ("selector", "names"),
    [
        ("WF", {"unreachable-step", "concurrent-write", "join-runs-twice"}),
        ("WF5", {"concurrent-write", "join-runs-twice"}),
        ("wf502", {"join-runs-twice"}),
        ("concurrent-write", {"concurrent-write"}),
    ],
)
def test_selectors_are_codes_their_beginnings_and_names(selector: str, names: set[str]) -> None:
    assert BOOK.resolve((selector,), None) == names


@pytest.mark.parametrize(
    ("selector", "message"),
    [
        ("WF503", "pyproject.toml: unknown rule 'WF503'; did you mean 'WF502'?"),
        ("concurent-write", "pyproject.toml: unknown rule 'concurent-write'; did you mean 'concurrent-write'?"),
        ("zzz", "pyproject.toml: unknown rule 'zzz'"),
        ("", "pyproject.toml: unknown rule ''"),
    ],
)
def test_a_selector_that_stands_for_nothing_is_an_error(selector: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        BOOK.resolve((selector,), "pyproject.toml")
    assert str(caught.value) == message


def test_the_beginning_of_codes_is_answered_with_the_codes() -> None:
    with pytest.raises(UsageError, match="'wf50' is the beginning of several codes; name one of WF501, WF502"):
        BOOK.asked_for("wf50")
    with pytest.raises(UsageError, match="unknown rule 'WF'"):
        BOOK.asked_for("WF")


def test_the_shipped_pages_are_sound() -> None:
    assert rulebook.load().pages
