"""Findings as SARIF 2.1.0, for code scanning: valid against the schema and shaped for GitHub's ingestion."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

import sarif_om as om

from wflint import __version__
from wflint.analyses.coverage import coverage_of
from wflint.model.finding import Finding
from wflint.model.program import Notice, Program
from wflint.model.span import Span
from wflint.model.text import Texts
from wflint.revisions.provenance import Provenance
from wflint.rulebook import Rulebook
from wflint.writers.edge_results import EdgeResults
from wflint.writers.line_hash import line_hashes
from wflint.writers.links import HOME
from wflint.writers.sarif import places
from wflint.writers.sarif.graphs import graph
from wflint.writers.sarif.results import MOST_RESULTS, LineHash, choose, result
from wflint.writers.sarif.rules import descriptor
from wflint.writers.sarif.serialise import plain
from wflint.writers.wire import CoverageWire, Labels

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def write(
    findings: Iterable[Finding],
    program: Program,
    pages: Rulebook,
    labels: Labels,
    texts: Texts,
    edges: EdgeResults = EdgeResults.ALL,
    provenance: Provenance | None = None,
) -> str:
    """The log as text; `provenance` is the version that was audited, where that is known."""
    chosen = choose(findings, edges)
    indexes = {page.code: index for index, page in enumerate(pages.pages)}
    hashed = _line_hash(texts)
    run = om.Run(
        tool=om.Tool(driver=_driver(pages)),
        automation_details=om.RunAutomationDetails(id="wflint/"),
        column_kind="unicodeCodePoints",
        graphs=[graph(workflow, labels, texts) for workflow in program.workflows],
        invocations=[_invocation(program, texts, left_out=max(0, len(chosen) - MOST_RESULTS))],
        original_uri_base_ids={places.ROOT: om.ArtifactLocation(description=om.Message(text="The repository's root."))},
        properties={"coverage": CoverageWire.of(coverage_of(program)).model_dump()},
        version_control_provenance=[_version(provenance)] if provenance else None,
        results=[result(finding, indexes[finding.code], texts, hashed) for finding in chosen[:MOST_RESULTS]],
    )
    log = om.SarifLog(runs=[run], version="2.1.0", schema_uri=SCHEMA)
    return json.dumps(plain(log), indent=2, ensure_ascii=False) + "\n"


def _driver(pages: Rulebook) -> om.ToolComponent:
    return om.ToolComponent(
        name="wflint",
        version=__version__,
        semantic_version=__version__,
        information_uri=HOME,
        rules=[descriptor(page) for page in pages.pages],
    )


def _version(provenance: Provenance) -> om.VersionControlDetails:
    return om.VersionControlDetails(
        repository_uri=quote(provenance.repository, safe=":/%"),
        revision_id=provenance.revision,
        branch=provenance.branch,
        mapped_to=om.ArtifactLocation(uri_base_id=places.ROOT),
    )


def _invocation(program: Program, texts: Texts, left_out: int) -> om.Invocation:
    notifications = [_notification(notice, texts) for notice in program.notices]
    notifications += [_notification(Notice(item.reason, item.span), texts) for item in program.unresolved]
    if left_out:
        text = f"{left_out} results are left out, the least important of more than {MOST_RESULTS}."
        notifications.append(om.Notification(message=om.Message(text=text), level="note"))
    return om.Invocation(execution_successful=True, tool_execution_notifications=notifications or None)


def _notification(notice: Notice, texts: Texts) -> om.Notification:
    return om.Notification(
        message=om.Message(text=notice.message), level="warning", locations=[places.location(notice.span, texts)]
    )


def _line_hash(texts: Texts) -> LineHash:
    """Hashes of lines, those of a file computed together when its first is asked for."""

    @cache
    def hashes(path: str) -> tuple[str, ...]:
        return line_hashes(texts(path).file)

    def line_hash(span: Span) -> str | None:
        known = hashes(span.path)
        line = places.in_file(span, texts).line
        return known[line - 1] if line <= len(known) else None

    return line_hash
