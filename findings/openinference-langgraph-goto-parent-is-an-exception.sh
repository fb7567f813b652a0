#!/usr/bin/env bash
# Under OpenInference, a LangGraph step that hands over to the graph around it leaves exceptions on spans that are OK.
# Most expect: a `Command(graph=Command.PARENT, goto=...)` is no failure, so its spans have no exception; or they fail.
# What happens: the hand-over travels as an exception, and the step, the inner graph and the step that holds it each get an
# `exception` event, with status OK. Counting failures by events and by status gives different numbers.
# Seen with langgraph 1.2.24, openinference-instrumentation-langchain 0.1.80, Python 3.11, 2026-11-29.
# Usage: ./openinference-langgraph-goto-parent-is-an-exception.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "langgraph==1.2.24" "openinference-instrumentation-langchain==0.1.80" "opentelemetry-sdk==1.45.2"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
from typing import TypedDict

from langgraph.graph import END, START, StateGraph
from langgraph.types import Command
from openinference.instrumentation.langchain import LangChainInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

kept, provider = InMemorySpanExporter(), TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(kept))
LangChainInstrumentor().instrument(tracer_provider=provider)


class Letter(TypedDict, total=False):
    text: str


def decide(letter: Letter):
    return Command(graph=Command.PARENT, goto="send", update={"text": "decided"})


inner = StateGraph(Letter)
inner.add_node("decide", decide)
inner.add_edge(START, "decide")
outer = StateGraph(Letter)
outer.add_node("desk", inner.compile(), destinations=("send",))
outer.add_node("send", lambda letter: {"text": letter["text"] + " and sent"})
outer.add_edge(START, "desk")
outer.add_edge("send", END)
assert outer.compile().invoke({"text": "x"}) == {"text": "decided and sent"}
spans = {f"{s.name} {s.status.status_code.name}": [e.name for e in s.events] for s in kept.get_finished_spans()}
raised = sum(events == ["exception"] for events in spans.values())
assert all(name.endswith(" OK") for name in spans), spans
assert raised in (2, 3), spans
for span in kept.get_finished_spans():
    print(f"{span.name}: status {span.status.status_code.name}, events {[event.name for event in span.events]}")
PY
