"""Brings what is derived up to date: the README's table of rules, what the tutorial shows, the published schemas.

`python -m tests.meta.refresh` writes; the tests beside it compare.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from conformance.table import table as conformance_table
from tests.meta.settings import settings_page
from tests.meta.tutorial import followed
from tests.waiting import PATIENCE
from wflint import rulebook
from wflint.link import report as link_report
from wflint.rulebook import Rulebook
from wflint.writers import check_json, contract_diff, graph_json, jsonl, plan_json, trace_json
from wflint.writers.report import document

ROOT = Path(__file__).parents[2]
TOUR = "wflint check fixtures/tour"


def _readme() -> str:
    return readme((ROOT / "README.md").read_text(encoding="utf-8"), rulebook.load())


def _tutorial() -> str:
    return followed((ROOT / "docs/tutorial.md").read_text(encoding="utf-8"), ROOT / "src")


DERIVED: dict[Path, Callable[[], str]] = {
    ROOT / "README.md": _readme,
    ROOT / "docs/tutorial.md": _tutorial,
    ROOT / "docs/conformance.md": conformance_table,
    ROOT / "docs/settings.md": settings_page,
    ROOT / "docs/schemas/check-line-v1.json": jsonl.schema,
    ROOT / "docs/schemas/check-v1.json": check_json.schema,
    ROOT / "docs/schemas/diff-v1.json": contract_diff.schema,
    ROOT / "docs/schemas/graph-v1.json": graph_json.schema,
    ROOT / "docs/schemas/link-v1.json": link_report.schema,
    ROOT / "docs/schemas/plan-v1.json": plan_json.schema,
    ROOT / "docs/schemas/report-v1.json": document.schema,
    ROOT / "docs/schemas/summary-v1.json": link_report.summary_schema,
    ROOT / "docs/schemas/trace-v1.json": trace_json.schema,
}
"""Each derived file with what makes its content."""


def readme(text: str, pages: Rulebook) -> str:
    """The README with the table of rules as the pages have it, and the output of the commands that it shows."""
    text = _between(text, "rules", table(pages))
    return _between(text, TOUR, f"```text\n{said(TOUR)}```\n")


def said(command: str) -> str:
    """What a wflint command prints, run from the repository's root."""
    arguments = [sys.executable, "-m", *command.split(), "--no-cache"]
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE).stdout


def _between(text: str, name: str, content: str) -> str:
    begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->\n"
    before, rest = text.split(begin)
    _, after = rest.split(end)
    return before + begin + content + end + after


def table(pages: Rulebook) -> str:
    """All rules in a row each, linked to their pages."""
    rows = [
        f"| {page.code} | [{page.name}](rules/{page.name}.md) | {page.level} | {page.summary} |\n"
        for page in pages.pages
    ]
    return "".join(("| code | name | level | what it finds |\n", "|---|---|---|---|\n", *rows))


if __name__ == "__main__":
    for path, content in DERIVED.items():
        path.write_text(content(), encoding="utf-8")
