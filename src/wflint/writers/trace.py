"""What there is to write about recorded runs."""

from __future__ import annotations

from msgspec import Struct

from wflint.analyses.runs.anomalies import Anomaly
from wflint.analyses.runs.estimate import Estimate
from wflint.config import CostSettings
from wflint.model.recorded import Recording


class ReadNotice(Struct, frozen=True):
    """Something in a file that could not be read as it should."""

    file: str
    line: int
    message: str


class TraceReport(Struct, frozen=True):
    """The audit of recorded runs."""

    recording: Recording
    anomalies: tuple[Anomaly, ...]
    notices: tuple[ReadNotice, ...]
    weights: CostSettings
    estimates: tuple[Estimate, ...] = ()
    """Ranges from the source alone, for steps of which no tokens are recorded."""
