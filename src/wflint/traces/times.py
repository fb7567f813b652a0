"""Times as sources write them, in nanoseconds."""

from __future__ import annotations

from datetime import UTC, datetime


def nanoseconds(value: object) -> int:
    """A point in time: nanoseconds as number or digits, seconds as a fraction, or ISO 8601; 0 where it is none."""
    match value:
        case bool():
            return 0
        case int():
            return max(0, value)
        case float():
            return int(value * 1e9) if 0 < value < 1e11 else 0  # noqa: PLR2004 (seconds, until the year 5138)
        case str() if value.isdigit() and len(value) < 20:  # noqa: PLR2004 (what fits into 64 bits)
            return int(value)
        case str():
            return _iso(value)
        case _:
            return 0


def _iso(text: str) -> int:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return 0
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    whole = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return max((whole.days * 86_400 + whole.seconds) * 10**9 + whole.microseconds * 1_000, 0)
