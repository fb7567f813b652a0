#!/usr/bin/env bash
# An AutoGen `AgentTool` remembers what its agent was asked in earlier calls, by whomever.
# Most expect: each call of a tool stands for itself, as with `as_tool` of other frameworks.
# What happens: the tool runs one assistant, which keeps its context: a second call is answered with the first one in view.
# Seen with autogen-agentchat 0.7.5, Python 3.11, 2026-11-30.
# Usage: ./autogen-agent-that-is-a-tool-remembers.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "autogen-agentchat==0.7.5"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > ask.py <<'PY'
import asyncio

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.tools import AgentTool
from autogen_core import CancellationToken
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage

shown = []


class Scripted(ChatCompletionClient):
    model_info = {
        "vision": False, "function_calling": True, "json_output": True, "family": "x", "structured_output": True,
    }
    capabilities = model_info

    async def create(self, messages, **kwargs):
        shown.append([each.content for each in messages])
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        return CreateResult(finish_reason="stop", content="answered", usage=usage, cached=False)

    def create_stream(self, messages, **kwargs):
        raise NotImplementedError

    async def close(self):
        pass

    def actual_usage(self):
        return RequestUsage(prompt_tokens=0, completion_tokens=0)

    total_usage = actual_usage

    def count_tokens(self, messages, **kwargs):
        return 0

    remaining_tokens = count_tokens


async def main():
    tool = AgentTool(agent=AssistantAgent("inner", model_client=Scripted(), system_message=None))
    await tool.run_json({"task": "the salary of Ann"}, CancellationToken())
    await tool.run_json({"task": "the menu"}, CancellationToken())
    assert shown[1] == ["the salary of Ann", "answered", "the menu"], shown
    print("the second call is shown:", shown[1])


asyncio.run(main())
PY
"$PYTHON" ask.py
