"""A repository whose checks are compared: after an edit with what is kept, and from nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wflint.audit import audit
from wflint.config import Config
from wflint.model.finding import Persona
from wflint.request import CacheChoice, Request
from wflint.writers import check_json, graph_json


@dataclass(slots=True)
class Repo:
    """A repository with a cache of its own; `evaluated` are the units of the last run, each by its members."""

    root: Path
    cache: Path
    evaluated: list[tuple[str, ...]] = field(default_factory=list)

    def write(self, files: Mapping[str, str]) -> None:
        for path, text in files.items():
            place = self.root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")

    def check(self, *paths: str, fresh: bool = False) -> str:
        """What a run has to say, as JSON."""
        self.evaluated.clear()
        wanted = tuple(self.root / path for path in paths) or (self.root,)
        cache = CacheChoice(is_off=True) if fresh else CacheChoice(self.cache)
        done = audit(Request(self.root, wanted, overrides=Config(persona=Persona.AUDITOR), cache=cache))
        texts = done.survey.recovered.texts
        graph = graph_json.write(done.survey.program, done.survey.labels, texts)
        return check_json.write(done.findings, done.survey.program, texts) + graph + "\n".join(done.survey.files)
