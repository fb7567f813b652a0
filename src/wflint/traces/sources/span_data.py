"""What the OpenAI Agents SDK says of a span, where a platform keeps it as metadata of its own record."""

from __future__ import annotations

from wflint.traces.draft import Draft, Flag, Kind
from wflint.traces.sources.record_base import Document, text


def say_span_data(draft: Draft, data: Document) -> None:
    """Agents, hand-offs and guardrails by the fields that only they have; platforms call all of them tasks."""
    if "from_agent" in data and "to_agent" in data:
        draft.kind = Kind.DECISION
        draft.origin, draft.target = text(data["from_agent"]), text(data["to_agent"])
    elif "triggered" in data:
        draft.kind = Kind.CHECK
        if data["triggered"] is True:
            draft.flags |= Flag.REJECTS
    elif {"handoffs", "tools", "output_type"} <= data.keys():
        draft.kind, draft.agent = Kind.AGENT, draft.name
