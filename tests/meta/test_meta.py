from __future__ import annotations

from pathlib import Path

import pytest

from tests.meta.refresh import DERIVED, ROOT
from wflint import rulebook
from wflint.engine.comments import UNUSED_IGNORE
from wflint.rules import RULES
from wflint.writers.sarif.rules import FAMILIES


def test_every_rule_has_a_page_and_every_page_a_rule() -> None:
    checked = [rule.name for rule in RULES]
    assert sorted([*checked, UNUSED_IGNORE]) == sorted(rulebook.load().names)


def test_every_family_of_codes_has_a_tag() -> None:
    assert {page.code[:3] for page in rulebook.load().pages} <= set(FAMILIES)


@pytest.mark.parametrize("path", DERIVED, ids=lambda path: path.name)
def test_what_is_derived_is_current(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == DERIVED[path](), "run python -m tests.meta.refresh"


def test_no_file_of_the_package_is_longer_than_400_lines() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in (ROOT / "src").rglob("*.py")}
    assert [str(path) for path, length in lengths.items() if length > 400] == []
