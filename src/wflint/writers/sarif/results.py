"""Findings as SARIF results."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import sarif_om as om

from wflint.model.finding import Coordination, Finding, Observation, Standing
from wflint.model.fix import Patch
from wflint.model.span import Span
from wflint.model.text import Texts
from wflint.writers.edge_results import EdgeResults
from wflint.writers.ranking import worst_first
from wflint.writers.sarif import places
from wflint.writers.wire import CoordinationWire

MOST_RESULTS = 5_000
"""Results of a run that GitHub keeps."""

BASELINE_STATES = {Standing.INTRODUCED: "new", Standing.EXISTING: "unchanged"}
"""What SARIF calls a finding's standing. What is gone is left out: GitHub would show it as an open alert."""

LineHash = Callable[[Span], str | None]
"""GitHub's hash of the line of the file that a span begins in; None where the file cannot be read."""


def choose(findings: Iterable[Finding], edges: EdgeResults) -> tuple[Finding, ...]:
    """The findings that become results, worst first, all findings before all labels."""
    return worst_first(finding for finding in findings if _is_chosen(finding, edges))


def result(finding: Finding, rule_index: int, texts: Texts, line_hash: LineHash) -> om.Result:
    """One finding."""
    seen = finding.observation
    related = [places.related(item, number, texts) for number, item in enumerate(seen.related, start=1)]
    return om.Result(
        rule_id=finding.code,
        rule_index=rule_index,
        level=finding.level.value,
        baseline_state=BASELINE_STATES[finding.standing] if finding.standing else None,
        message=om.Message(text=_linked(seen)),
        locations=[places.location(seen.span, texts)],
        related_locations=related or None,
        code_flows=[places.code_flow(seen.path, texts)] if seen.path else None,
        partial_fingerprints=_fingerprints(finding, line_hash),
        properties=_properties(finding),
        fixes=[_fix(finding.patch, texts)] if finding.patch is not None else None,
    )


def _fix(patch: Patch, texts: Texts) -> om.Fix:
    """The edits by file."""
    changes = []
    for path in sorted({edit.span.path for edit in patch.edits}):
        edits = [edit for edit in patch.edits if edit.span.path == path]
        places_of = [places.physical(edit.span, texts) for edit in edits]
        replacements = [
            om.Replacement(deleted_region=place.region, inserted_content=om.ArtifactContent(text=edit.text))
            for place, edit in zip(places_of, edits, strict=True)
        ]
        changes.append(om.ArtifactChange(artifact_location=places_of[0].artifact_location, replacements=replacements))
    return om.Fix(description=om.Message(text=patch.title), artifact_changes=changes)


def _is_chosen(finding: Finding, edges: EdgeResults) -> bool:
    label = finding.observation.label
    match edges:
        case EdgeResults.ALL:
            return True
        case EdgeResults.DYNAMIC:
            return label is None or label.label is Coordination.DYNAMIC
        case EdgeResults.NONE:
            return label is None


def _linked(seen: Observation) -> str:
    """The message as a sentence, with a link to each related place in one of its own."""
    # `list[str]` stays as it is; what would be a link does not.
    sentence = seen.message.replace("](", "\\](")
    sentence += "" if sentence.endswith((".", "!", "?")) else "."
    links = ", ".join(f"[{_escape(item.phrase)}]({number})" for number, item in enumerate(seen.related, start=1))
    return f"{sentence} See {links}." if links else sentence


def _escape(text: str) -> str:
    """The text of a link, in which brackets and backslashes are special."""
    return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")


def _fingerprints(finding: Finding, line_hash: LineHash) -> dict[str, str]:
    fingerprints = {"wflint/v1": finding.fingerprint}
    hashed = line_hash(finding.span)
    if hashed is not None:
        fingerprints["primaryLocationLineHash"] = hashed
    return fingerprints


def _properties(finding: Finding) -> dict[str, object]:
    """What the format has no place for; empty parts are left out."""
    seen = finding.observation
    properties: dict[str, object] = {
        "workflow": finding.workflow,
        "step": seen.step,
        "edge": list(seen.edge) if seen.edge else None,
        "coordination": coordination(CoordinationWire.of(seen.label)) if seen.label else None,
        "reasons": [
            {"feature": reason.feature, "weight": round(reason.weight, 4), "text": reason.text}
            for reason in seen.reasons
        ],
        "confidence": finding.confidence.value,
        "persona": finding.persona.value,
    }
    return {key: value for key, value in properties.items() if value}


def coordination(label: CoordinationWire) -> dict[str, object]:
    """The label of an edge as a property."""
    return label.model_dump(mode="json")
