"""Programs whose findings have fixes, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from wflint.audit import audit
from wflint.cli.fixing import Changes, changes_of, fixed
from wflint.config import Config
from wflint.history.review import Review
from wflint.model.finding import Finding, Persona
from wflint.request import CacheChoice, Request


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of programs that are audited as everybody hears it."""

    path: Path

    def review(self) -> Review:
        request = Request.of(self.path, overrides=Config(persona=Persona.REGULAR))
        return Review(audit(replace(request, cache=CacheChoice(is_off=True))))

    def of(self, code: str) -> list[Finding]:
        return [finding for finding in self.review().fresh if finding.code == code]

    def changes(self) -> Changes:
        return changes_of(self.review(), unsafe=True)

    def fix(self, *, unsafe: bool = True) -> tuple[Review, int]:
        return fixed(self.review(), self.review, unsafe=unsafe)


def said(review: Review) -> set[tuple[str, str]]:
    """What is found, labels of edges apart, without the places, which may move."""
    return {(finding.code, finding.message) for finding in review.fresh if finding.observation.label is None}
