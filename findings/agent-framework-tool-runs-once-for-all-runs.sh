#!/usr/bin/env bash
# `max_invocations` of an Agent Framework tool counts over all runs of all agents that have the tool.
# Most expect: a tool that may be called once may be called once in each run, or by each agent.
# What happens: the count is the tool's own and is never set back: the first run spends it, and the next one, of another
# agent and for another person, is told of an error and answers without the tool. Nothing is raised.
# Seen with agent-framework-core 1.23.0, Python 3.11, 2026-12-01.
# Usage: ./agent-framework-tool-runs-once-for-all-runs.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "agent-framework-core==1.23.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > program.py <<'PY'
import asyncio
import logging

from agent_framework import Agent, BaseChatClient, ChatResponse, Content, FunctionInvocationLayer, Message, tool

logging.disable(logging.CRITICAL)
ran = []


class Client(FunctionInvocationLayer, BaseChatClient):
    """Calls the tool once, then answers."""

    def _inner_get_response(self, *, messages, stream=False, options=None, **kwargs):
        called = any(content.type == "function_result" for message in messages for content in message.contents)
        call = Content.from_function_call(call_id="1", name="look", arguments={"word": messages[-1].text})

        async def give():
            said = Content.from_text("done") if called else call
            return ChatResponse(messages=[Message(role="assistant", contents=[said])])

        return give()


@tool(max_invocations=1)
def look(word: str) -> str:
    """Look a word up."""
    ran.append(word)
    return word


async def main():
    for who in ("ann", "bob"):
        desk = Agent(Client(), name=who, tools=[look])
        print(who, "is answered:", (await desk.run(who)).text)


asyncio.run(main())
assert ran == ["ann"], ran
print("the tool ran for:", ran)
PY
"$PYTHON" program.py
