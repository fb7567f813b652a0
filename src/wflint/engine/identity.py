"""Fingerprints: what makes a finding the same finding tomorrow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
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


def _digest(names: tuple[str, ...]) -> str:
    joined = "\0".join(names).encode("utf-8", "surrogatepass")
    return blake2b(joined, digest_size=SIZE).hexdigest()
