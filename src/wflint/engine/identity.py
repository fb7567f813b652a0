"""Fingerprints: what makes a finding the same finding tomorrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from msgspec.structs import replace

from wflint.model.finding import Finding

SIZE = 12
"""Bytes of a fingerprint: short enough to read, long enough not to collide."""


def identify(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings with fingerprints made of names, never of lines.

    Two findings of one run that would share a fingerprint are numbered in their order, so that each is unique.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    identified: list[Finding] = []
    for finding in findings:
        names = (finding.code, finding.span.path, finding.workflow or "", *finding.observation.key)
        seen[names] += 1
        identified.append(replace(finding, fingerprint=_digest((*names, str(seen[names])))))
    return tuple(identified)


def moved(findings: Iterable[Finding], renames: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings as they are called once their files have other names."""
    return identify(_renamed(finding, renames) for finding in findings) if renames else tuple(findings)


def _renamed(finding: Finding, renames: Mapping[str, str]) -> Finding:
    seen = finding.observation
    span = replace(seen.span, path=renames.get(seen.span.path, seen.span.path))
    key = tuple(_renamed_workflow(name, renames) for name in seen.key)
    workflow = None if finding.workflow is None else _renamed_workflow(finding.workflow, renames)
    return replace(finding, observation=replace(seen, span=span, key=key), workflow=workflow)


def _renamed_workflow(name: str, renames: Mapping[str, str]) -> str:
    """An id of a workflow with its file's new name; other names stay."""
    path, colons, rest = name.partition("::")
    return f"{renames[path]}{colons}{rest}" if colons and path in renames else name


def _digest(names: tuple[str, ...]) -> str:
    joined = "\0".join(names).encode("utf-8", "surrogatepass")
    return blake2b(joined, digest_size=SIZE).hexdigest()
