"""Fixes as edits of a text: only what has to change is replaced, so that comments and layout stay."""

from __future__ import annotations

from msgspec.structs import replace

from wflint.model.finding import Finding
from wflint.model.text import Texts


def patched(findings: tuple[Finding, ...], texts: Texts) -> tuple[Finding, ...]:
    """The same findings with their fixes worked out; nothing is parsed where there is none."""
    if all(finding.observation.fix is None for finding in findings):
        return findings
    from wflint.source.fixing.changing import Workbench

    bench = Workbench(lambda path: texts(path).module)
    return tuple(
        replace(finding, patch=bench.patch(finding.observation.fix)) if finding.observation.fix is not None else finding
        for finding in findings
    )
