"""What a step's code was seen to do about failures, loops and pauses."""

from __future__ import annotations

from wflint.assembly.contracts.error_texts import error_texts_of, tested_fields
from wflint.assembly.contracts.remote_calls import remote_calls_of, retry_schemes_of
from wflint.assembly.contracts.thresholds import thresholds_of
from wflint.assembly.function_summary import FunctionSummary
from wflint.model.conduct import Conduct


def conduct_of(summary: FunctionSummary | None) -> Conduct:
    """All of it but what a pause makes run again, which is for the framework to say."""
    return Conduct(
        thresholds=thresholds_of(summary),
        remote_calls=remote_calls_of(summary),
        retry_schemes=retry_schemes_of(summary),
        error_texts=error_texts_of(summary),
        tested=tested_fields(summary),
    )
