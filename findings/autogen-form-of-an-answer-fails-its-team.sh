#!/usr/bin/env bash
# An assistant that answers in a form (output_content_type) takes part in a team.
# Most expect: the team hears its answer, as it hears any message of a participant.
# What happens: the model is asked, then the run fails: "Message type StructuredMessage[Bill] is not registered". The
# team has to be given custom_message_types=[StructuredMessage[Bill]]; the assistant by itself needs nothing.
# Seen with autogen-agentchat 0.7.5 and 0.6.4, Python 3.11, 2026-11-30. wflint says it first: WF304.
# Usage: ./autogen-form-of-an-answer-fails-its-team.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "autogen-agentchat==0.7.5"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
import asyncio

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.messages import StructuredMessage
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage
from pydantic import BaseModel


class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    async def create(self, messages, **kwargs):
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        return CreateResult(finish_reason="stop", content="{\"amount\": 12}", usage=usage, cached=False)

    def create_stream(self, messages, **kwargs):
        raise NotImplementedError

    async def close(self):
        pass

    def actual_usage(self):
        return RequestUsage(prompt_tokens=0, completion_tokens=0)

    total_usage = actual_usage

    def count_tokens(self, messages, **kwargs):
        return 0

    def remaining_tokens(self, messages, **kwargs):
        return 1000


class Bill(BaseModel):
    amount: int


desk = AssistantAgent("desk", Scripted(), output_content_type=Bill)


def run(**options):
    try:
        return asyncio.run(RoundRobinGroupChat([desk], max_turns=1, **options).run(task="go")).messages[-1].content
    except RuntimeError as error:
        return str(error).splitlines()[0]


alone = asyncio.run(desk.run(task="go")).messages[-1].content
plain, told = run(), run(custom_message_types=[StructuredMessage[Bill]])
assert alone == told == Bill(amount=12) and "is not registered" in plain, (alone, plain, told)
print(f"alone: {alone!r}; in a team: {plain[:90]}; in a team that is told: {told!r}")
PY
