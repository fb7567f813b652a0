"""`pytest --wflint`: each workflow of the repository is a test that fails where it has findings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from wflint.library import Report
    from wflint.model.finding import Finding


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds what the command line of pytest takes; nothing happens without `--wflint`."""
    group = parser.getgroup("wflint")
    group.addoption("--wflint", action="store_true", help="Audit the workflows of the repository, a test each.")
    group.addoption("--wflint-path", action="append", default=[], metavar="PATH", help="Audit these files and folders.")
    group.addoption(
        "--wflint-level", choices=["note", "warning", "error"], default="warning", help="Lowest level that fails."
    )


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Adds the tests."""
    if config.getoption("--wflint"):
        items.extend(_items(session, config))


def _items(session: pytest.Session, config: pytest.Config) -> Iterable[WorkflowItem]:
    import wflint

    paths = [Path(path) for path in config.getoption("--wflint-path")] or [config.rootpath]
    try:
        report = wflint.audit(*paths)
    except wflint.WflintError as error:
        raise pytest.UsageError(f"wflint: {error}") from error
    findings: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in report.at_least(config.getoption("--wflint-level")):
        findings[finding.workflow].append(finding)
    names = {workflow.id: workflow.span.path for workflow in report.workflows}
    for name, path in names.items():
        yield WorkflowItem.made(session, name, report, path, findings.pop(name, []))
    rest = [finding for group in findings.values() for finding in group]
    if rest:
        yield WorkflowItem.made(session, "the repository", report, ".", rest)


class WorkflowItem(pytest.Item):
    """A workflow with what was found in it."""

    report: Report
    place: str
    findings: list[Finding]

    @classmethod
    def made(
        cls, session: pytest.Session, name: str, report: Report, place: str, findings: list[Finding]
    ) -> WorkflowItem:
        """The test for a workflow."""
        known = f"{place}::wflint::{name.removeprefix(f'{place}::')}"
        item: WorkflowItem = cls.from_parent(session, name=f"wflint::{name}", nodeid=known)
        item.report, item.place, item.findings = report, place, findings
        return item

    def runtest(self) -> None:
        """Fail where something was found, with the findings as `wflint check` prints them."""
        if self.findings:
            lines = (f"{each.span}: {each.code} [{each.name}] {each.level}: {each.message}" for each in self.findings)
            pytest.fail("\n".join(lines), pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the workflow is."""
        return self.report.root / self.place, None, self.name
