"""What a link came to as SARIF 2.1.0: a run for each repository, with what is told of it, for its own code scanning."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import Final
from urllib.parse import quote

import sarif_om as om
from msgspec import Struct

from wflint import __version__
from wflint.link import wording
from wflint.link.records import Place
from wflint.link.report import Copies, DuplicateCluster, LinkedCall, LinkedRepository, LinkReport
from wflint.writers.links import HOME
from wflint.writers.sarif.places import ROOT
from wflint.writers.sarif.results import MOST_RESULTS
from wflint.writers.sarif.serialise import Json, plain

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


class _LinkRule(Struct, frozen=True):
    """What a kind of result is about."""

    code: str
    name: str
    level: str
    summary: str


_GAP: Final = _LinkRule(
    "WFL101", "CallDoesNotFit", "warning", "A call into another repository does not fit what is there."
)
_WORK: Final = _LinkRule("WFL201", "WorkDoneElsewhere", "note", "A step does the work of a step of another repository.")
_DRIFT: Final = _LinkRule(
    "WFL202", "DriftedCopy", "note", "A workflow is a copy of one of another repository, and is no longer the same."
)
_RULES: Final = (_GAP, _WORK, _DRIFT)


def write(report: LinkReport) -> str:
    """The log as text."""
    runs = [_run(repository, report) for repository in report.repositories]
    log = om.SarifLog(runs=runs, version="2.1.0", schema_uri=_SCHEMA)
    return json.dumps(plain(log), indent=2, ensure_ascii=False) + "\n"


def _run(repository: LinkedRepository, report: LinkReport) -> om.Run:
    results = list(_results(repository.repository, report))
    return om.Run(
        tool=om.Tool(driver=_driver()),
        automation_details=om.RunAutomationDetails(id=f"wflint-link/{quote(repository.repository)}/"),
        column_kind="unicodeCodePoints",
        invocations=[_invocation(report, left_out=max(0, len(results) - MOST_RESULTS))],
        original_uri_base_ids={ROOT: om.ArtifactLocation(description=om.Message(text="The repository's root."))},
        properties={"repository": repository.repository, "summary": repository.file},
        version_control_provenance=_versions(repository),
        results=results[:MOST_RESULTS],
    )


def _driver() -> om.ToolComponent:
    rules = [
        om.ReportingDescriptor(
            id=rule.code,
            name=rule.name,
            short_description=om.MultiformatMessageString(text=rule.summary),
            full_description=om.MultiformatMessageString(text=rule.summary),
            help=om.MultiformatMessageString(text=rule.summary),
            default_configuration=om.ReportingConfiguration(level=rule.level),
            properties={"tags": ["agents", "workflow", "repositories"], "precision": "medium"},
        )
        for rule in _RULES
    ]
    return om.ToolComponent(
        name="wflint", version=__version__, semantic_version=__version__, information_uri=HOME, rules=rules
    )


def _versions(repository: LinkedRepository) -> list[om.VersionControlDetails] | None:
    if repository.address is None:
        return None
    return [
        om.VersionControlDetails(
            repository_uri=quote(repository.address, safe=":/%"),
            revision_id=repository.revision,
            mapped_to=om.ArtifactLocation(uri_base_id=ROOT),
        )
    ]


def _invocation(report: LinkReport, left_out: int) -> om.Invocation:
    texts = [f"{item.name} is left out: {item.reason}" for item in report.left_out]
    if left_out:
        texts.append(f"{left_out} results of more than {MOST_RESULTS} are left out.")
    notifications = [om.Notification(message=om.Message(text=text), level="warning") for text in texts]
    return om.Invocation(execution_successful=True, tool_execution_notifications=notifications or None)


def _results(name: str, report: LinkReport) -> Iterator[om.Result]:
    """What is told of a repository: what does not fit first."""
    for call in report.gaps:
        yield from _gap(name, call)
    for cluster in report.clusters:
        yield from _cluster(name, cluster)
    for copies in report.copies:
        yield from _drift(name, copies)


def _gap(name: str, call: LinkedCall) -> Iterator[om.Result]:
    ends = ((call.caller, call.location), (call.provider, call.provided_at))
    for repository, place in ends:
        if repository == name:
            key = (call.channel, call.address, call.caller, call.provider, *call.missing, *call.unknown)
            yield _result(_GAP, place, wording.gap(call), key)


def _cluster(name: str, cluster: DuplicateCluster) -> Iterator[om.Result]:
    for step in cluster.steps:
        if step.repository == name:
            text = f"{wording.cluster_title(cluster, step)}: {wording.saving(cluster.saving)}"
            yield _result(_WORK, step.location, text, (step.workflow, step.step))
            return


def _drift(name: str, copies: Copies) -> Iterator[om.Result]:
    """The first of the copies, and those that differ from it."""
    told = [found for found in copies.differences if found.repository == name]
    for place, flow in enumerate(copies.workflows):
        of_flow = [wording.difference(found) for found in told if found.workflow == flow.workflow]
        if flow.repository == name and (of_flow or (copies.differences and not place)):
            text = "; ".join([wording.copies_title(copies, flow), *of_flow[:3]])
            yield _result(_DRIFT, flow.location, text, (flow.workflow,))


def _result(rule: _LinkRule, place: Place, text: str, key: Iterable[str]) -> om.Result:
    region = om.Region(
        start_line=place.line, start_column=place.column, end_line=place.end_line, end_column=place.end_column
    )
    artifact = om.ArtifactLocation(uri=quote(place.path), uri_base_id=ROOT)
    return om.Result(
        rule_id=rule.code,
        rule_index=_RULES.index(rule),
        level=rule.level,
        message=om.Message(text=text if text.endswith(".") else f"{text}."),
        locations=[om.Location(physical_location=om.PhysicalLocation(artifact_location=artifact, region=region))],
        partial_fingerprints={"wflint/v1": _fingerprint(rule, place, key)},
    )


def _fingerprint(rule: _LinkRule, place: Place, key: Iterable[str]) -> str:
    names: Json = [rule.code, place.path, *key]
    return blake2b(json.dumps(names).encode(), digest_size=16).hexdigest()
