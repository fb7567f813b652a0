"""Traces as tests write them: spans of OTLP/JSON from a few words each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wflint.config import CostSettings
from wflint.model.recorded import RecordedEdge, RecordedStep, Recording
from wflint.model.workflow import Workflow
from wflint.request import CacheChoice, Request
from wflint.survey import survey
from wflint.traces.analysis.audit import audit_traces
from wflint.traces.reading.reading import TraceReading, read

LANGCHAIN = "openinference.instrumentation.langchain"
SECOND = 1_000_000_000
START = 1_700_000_000 * SECOND

Attributes = Mapping[str, object]


@dataclass(frozen=True)
class Span:
    """A span; times are seconds after the start of all."""

    name: str
    span: str
    parent: str = ""
    start: float = 0.0
    end: float = 1.0
    trace: str = "t1"
    attributes: Attributes = field(default_factory=dict)
    error: str = ""
    failed: bool = False
    links: tuple[str, ...] = ()
    events: Mapping[str, Attributes] = field(default_factory=dict)

    def wire(self) -> dict[str, object]:
        """As the exporter writes it."""
        events: list[dict[str, object]] = []
        if self.error:
            given = [{"key": "exception.type", "value": {"stringValue": self.error}}]
            events = [{"name": "exception", "timeUnixNano": str(_at(self.end)), "attributes": given}]
        for name, told in self.events.items():
            events.append({"name": name, "attributes": [{"key": key, "value": _value(told[key])} for key in told]})
        found: dict[str, object] = {
            "traceId": _hex(self.trace, 32),
            "spanId": _hex(self.span, 16),
            "parentSpanId": _hex(self.parent, 16) if self.parent else "",
            "name": self.name,
            "kind": 1,
            "startTimeUnixNano": str(_at(self.start)),
            "endTimeUnixNano": str(_at(self.end)),
            "attributes": [{"key": key, "value": _value(value)} for key, value in self.attributes.items()],
            "status": {"code": 2 if self.failed or self.error else 1},
        }
        if events:
            found["events"] = events
        if self.links:
            found["links"] = [{"traceId": _hex(self.trace, 32), "spanId": _hex(link, 16)} for link in self.links]
        return found


def _at(seconds: float) -> int:
    return START + round(seconds * SECOND)


def _hex(name: str, digits: int) -> str:
    return name.encode().hex().rjust(digits, "0")[-digits:]


def _value(value: object) -> dict[str, object]:
    match value:
        case bool():
            return {"boolValue": value}
        case int():
            return {"intValue": str(value)}
        case list():
            return {"arrayValue": {"values": [_value(item) for item in value]}}
        case _:
            return {"stringValue": str(value)}


def document(spans: Iterable[Span], scope: str = LANGCHAIN) -> dict[str, list[object]]:
    """One export request."""
    wires = [span.wire() for span in spans]
    return {"resourceSpans": [{"resource": {}, "scopeSpans": [{"scope": {"name": scope}, "spans": wires}]}]}


def line(spans: Iterable[Span], scope: str = LANGCHAIN) -> str:
    """One export request in a line."""
    return json.dumps(document(spans, scope)) + "\n"


def node(name: str, step: int, *, task: str = "", output: object = None, given: str = "") -> dict[str, object]:
    """What OpenInference writes on the span of a LangGraph node."""
    place = task or f"{name}:{name}-{step}"
    about = {"langgraph_node": name, "langgraph_step": step, "langgraph_checkpoint_ns": place}
    found: dict[str, object] = {"openinference.span.kind": "CHAIN", "metadata": json.dumps(about)}
    found["input.value"] = given or json.dumps({"question": "q", "more": 1})
    if output is not None:
        found["output.value"] = output if isinstance(output, str) else json.dumps(output)
    return found


def model(read_: int, written: int, *, cached: int = 0, reasoning: int = 0, name: str = "m-1") -> dict[str, object]:
    """What OpenInference writes on the span of a model call."""
    found: dict[str, object] = {
        "openinference.span.kind": "LLM",
        "llm.model_name": name,
        "llm.token_count.prompt": read_,
        "llm.token_count.completion": written,
        "output.value": "an answer",
    }
    if cached:
        found["llm.token_count.prompt_details.cache_read"] = cached
    if reasoning:
        found["llm.token_count.completion_details.reasoning"] = reasoning
    return found


def write(path: Path, *texts: str) -> Path:
    """A file of these texts."""
    path.write_text("".join(texts), encoding="utf-8")
    return path


def workflows_of(folder: Path, source: str) -> tuple[Workflow, ...]:
    """The workflows of a program."""
    path = write(folder / "desk.py", source)
    (folder / ".git").mkdir(exist_ok=True)
    request = Request.of(path)
    return survey(Request(request.root, request.paths, cache=CacheChoice(is_off=True))).program.workflows


def recorded(path: Path, workflows: Iterable[Workflow] = (), settings: CostSettings | None = None) -> Recording:
    """What the traces at a path come to."""
    return audit_traces(read((path,)), workflows, settings)


def reading(path: Path) -> TraceReading:
    """What is read of a path."""
    return read((path,))


def step(found: Recording, name: str) -> RecordedStep:
    """The one step of a name."""
    (one,) = [step for step in found.steps if step.step == name]
    return one


def edge(found: Recording, source: str, target: str) -> RecordedEdge:
    """The one edge between two steps."""
    (one,) = [edge for edge in found.edges if (edge.source, edge.target) == (source, target)]
    return one


def missing(found: Recording) -> set[tuple[str, int | None, str | None]]:
    """Parts that are missing, with run and step."""
    return {(one.part, one.run, one.step) for one in found.missing}
