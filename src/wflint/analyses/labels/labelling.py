"""What labels are made from besides the source."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

from wflint.analyses.labels.decisions import Decisions, EdgeName
from wflint.config import LabelSettings


class Evidence(Struct, frozen=True):
    """What recorded runs say about an edge."""

    executions: int = 0
    mismatches: int = 0


class Labelling(Struct, frozen=True):
    """What labels are made from besides the source: settings, people's decisions, recorded runs."""

    settings: LabelSettings = field(default_factory=LabelSettings)
    decisions: Decisions = field(default_factory=Decisions)
    evidence: Mapping[EdgeName, Evidence] = field(default_factory=dict)


DEFAULT_LABELLING = Labelling()
