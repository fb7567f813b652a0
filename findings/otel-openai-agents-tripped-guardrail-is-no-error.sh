#!/usr/bin/env bash
# A guardrail that stops a run of the OpenAI Agents SDK leaves no error in OpenTelemetry's own spans of it.
# Most expect: a run that ends with InputGuardrailTripwireTriggered has a span with an error, or one that names it.
# What happens: the SDK's own trace says on the agent's span what went wrong and on the guardrail's that it was
# triggered; under `opentelemetry-instrumentation-genai-openai-agents` no span has an error, and the guardrail has none
# at all, so that a run that was refused looks like one that went well.
# Seen with openai-agents 0.24.0, opentelemetry-instrumentation-genai-openai-agents 1.3b0, Python 3.11, 2026-11-30.
# Usage: ./otel-openai-agents-tripped-guardrail-is-no-error.sh   (PYTHON=... takes an environment that has both already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "openai-agents==0.24.0" "opentelemetry-instrumentation-genai-openai-agents==1.3b0" \
        opentelemetry-sdk
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > gate.py <<'PY'
import asyncio

from agents import Agent, GuardrailFunctionOutput, InputGuardrail, InputGuardrailTripwireTriggered, Runner
from agents import ModelResponse, Usage, add_trace_processor, set_trace_processors
from agents.models.interface import Model
from agents.tracing import TracingProcessor
from openai.types.responses import ResponseOutputMessage, ResponseOutputText
from opentelemetry.instrumentation.genai.openai_agents import OpenAIAgentsInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter


class Scripted(Model):
    async def get_response(self, *args, **kwargs):
        text = ResponseOutputText(type="output_text", text="come in", annotations=[])
        said = ResponseOutputMessage(id="m", type="message", role="assistant", status="completed", content=[text])
        return ModelResponse(output=[said], usage=Usage(requests=1, input_tokens=9, output_tokens=2), response_id=None)

    def stream_response(self, *args, **kwargs):
        raise NotImplementedError


class Own(TracingProcessor):
    told: list[str] = []

    def on_span_end(self, span):
        data = span.span_data.export()
        if span.error or data.get("triggered"):
            self.told.append(data["type"])

    def on_span_start(self, span): ...
    def on_trace_start(self, trace): ...
    def on_trace_end(self, trace): ...
    def shutdown(self): ...
    def force_flush(self): ...


async def refuse(context, agent, asked):
    return GuardrailFunctionOutput(output_info="no", tripwire_triggered=True)


set_trace_processors([])
spans = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(spans))
OpenAIAgentsInstrumentor().instrument(tracer_provider=provider)
add_trace_processor(Own())
gate = Agent(name="gate", model=Scripted(), input_guardrails=[InputGuardrail(guardrail_function=refuse)])
try:
    asyncio.run(Runner.run(gate, "let me in"))
    outcome = "an answer"
except InputGuardrailTripwireTriggered:
    outcome = "refused"
bad = [one for one in spans.get_finished_spans() if one.status.status_code.name == "ERROR" or one.attributes.get("error.type")]
print(outcome, len(Own.told), len(spans.get_finished_spans()), len(bad))
PY
read -r outcome own all bad < <("$PYTHON" gate.py 2> /dev/null | tail -1)
echo "the run: $outcome; the SDK's own spans that tell of it: $own; of $all spans of OpenTelemetry's: $bad"
[ "$outcome" = refused ] && [ "$own" -ge 1 ] && [ "$all" -ge 1 ] && [ "$bad" = 0 ]
