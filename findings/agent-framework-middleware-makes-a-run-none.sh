#!/usr/bin/env bash
# Agent Framework: a middleware that stops an agent makes `await agent.run(...)` None.
# Most expect: a response without a text, or an error that says who stopped the run; `run` is annotated as giving a response.
# What happens: where the middleware does not call the next one and sets no result, the run gives None: `.text` of it fails
# in the code of the caller, far from the middleware.
# Seen with agent-framework-core 1.23.0, Python 3.11, 2026-11-30.
# Usage: ./agent-framework-middleware-makes-a-run-none.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "agent-framework-core==1.23.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" - <<'PY'
import asyncio

from agent_framework import Agent, BaseChatClient, ChatResponse, FunctionInvocationLayer, Message, agent_middleware


class Client(FunctionInvocationLayer, BaseChatClient):
    def _inner_get_response(self, *, messages, stream=False, options=None, **kwargs):
        async def give():
            return ChatResponse(messages=[Message(role="assistant", contents=["done"])])

        return give()


@agent_middleware
async def guard(context, call_next):
    if "secret" not in context.messages[-1].text:
        await call_next()


async def main():
    clerk = Agent(Client(), name="clerk", middleware=[guard])
    return (await clerk.run("the weather")).text, await clerk.run("the secret")


let_through, stopped = asyncio.run(main())
assert let_through == "done" and stopped is None, (let_through, stopped)
print(f"let through: {let_through!r}; stopped: {stopped!r}")
PY
