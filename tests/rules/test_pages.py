"""Every page is a test: its bad lines are found, exactly; its good code is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.rules.examples import Example, Expected, examples, sections
from wflint import rulebook
from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Finding, Level, Persona
from wflint.request import CacheChoice, Request
from wflint.rulebook import RulePage

PAGES = rulebook.load().pages
HEADINGS = ("What it finds", "Why it matters", "Bad", "Good", "How to fix", "When it stays silent")
LABEL_ONLY = frozenset({"likely-static"})
"""Rules that say something about every edge, so that there is neither a bad nor a good example, just one."""
EXAMPLES = [
    pytest.param(example, id=f"{example.page}-{example.section}-{number}")
    for page in PAGES
    for number, example in enumerate(examples(page.name, page.body), start=1)
]


def said(example: Example, folder: Path) -> tuple[Finding, ...]:
    """What matters for an example: what everybody hears from warnings on, and whatever the page's own rule says."""
    example.write(folder)
    heard = Config(persona=rulebook.load().page(example.page).persona)
    found = Request.of(folder, overrides=heard)
    request = replace(found, cache=CacheChoice(is_off=True), traces=example.traces(folder))
    return tuple(finding for finding in audit(request).findings if finding.name == example.page or _is_loud(finding))


def _is_loud(finding: Finding) -> bool:
    return finding.level.rank >= Level.WARNING.rank and finding.persona is Persona.REGULAR


def place(finding: Finding, expected: tuple[Expected, ...]) -> Expected:
    """The finding as an expectation; where the text that is asked for is part of the message, that text."""
    asked = (one for one in expected if (one.path, one.line, one.rule) == _where(finding))
    text = next((one.text for one in asked if one.text in finding.message), finding.message)
    return Expected(*_where(finding), text)


def _where(finding: Finding) -> tuple[str, int, str]:
    return finding.span.path, finding.span.line, finding.name


@pytest.mark.parametrize("example", EXAMPLES)
def test_example(example: Example, tmp_path: Path) -> None:
    found = sorted(
        (place(finding, example.expected) for finding in said(example, tmp_path)),
        key=lambda one: (one.path, one.line, one.rule),
    )
    assert found == sorted(example.expected, key=lambda one: (one.path, one.line, one.rule))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_sections(page: RulePage) -> None:
    headings = tuple(title for title, _ in sections(page.body))
    wanted = tuple("Example" if title == "Bad" else title for title in HEADINGS if title != "Good")
    assert headings == (wanted if page.name in LABEL_ONLY else HEADINGS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_bad_is_bad_and_good_is_good(page: RulePage) -> None:
    for example in examples(page.name, page.body):
        rules = {one.rule for one in example.expected}
        assert rules == set() if example.section == "Good" else page.name in rules
