#!/usr/bin/env bash
# Agent Framework: what a nested workflow asks a person is asked of nobody, and the run ends as if it were done.
# Most expect: `request_info` in a nested workflow reaches the caller of the outer one, as it does without the nesting.
# What happens: the question becomes a SubWorkflowRequestMessage to the next step. Where no step has a handler for that, it
# is dropped: the run is IDLE, without an output, a question or an error. With `propagate_request=True` it is asked.
# Seen with agent-framework-core 1.23.0, Python 3.11, 2026-11-30.
# Usage: ./agent-framework-nested-question-reaches-nobody.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "agent-framework-core==1.23.0"
    PYTHON="$folder/venv/bin/python"
fi
cat > "$folder/program.py" <<'PROGRAM'
import asyncio

from agent_framework import (
    Executor,
    WorkflowBuilder,
    WorkflowContext,
    WorkflowExecutor,
    executor,
    handler,
    response_handler,
)
from typing_extensions import Never


class Ask(Executor):
    @handler
    async def ask(self, text: str, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.request_info(text, str)

    @response_handler
    async def told(self, question: str, answer: str, ctx: WorkflowContext[Never, str]) -> None:
        await ctx.yield_output(answer)


@executor(id="end")
async def end(text: str, ctx: WorkflowContext[Never, str]) -> None:
    await ctx.yield_output(text)


async def run(name, **more):
    inner = WorkflowBuilder(start_executor=Ask(id="ask")).build()
    nested = WorkflowExecutor(inner, id="nested", **more)
    result = await WorkflowBuilder(start_executor=nested).add_edge(nested, end).build().run("Send it?")
    print(f"{name}:", result.get_final_state().name, result.get_outputs())


asyncio.run(run("plain"))
asyncio.run(run("propagate_request=True", propagate_request=True))
PROGRAM
seen=$("$PYTHON" "$folder/program.py" 2> /dev/null)
echo "$seen"
expected=$'plain: IDLE []\npropagate_request=True: IDLE_WITH_PENDING_REQUESTS []'
if [ "$seen" = "$expected" ]; then
    echo "Behaviour seen: the question of the nested workflow is dropped unless it is passed on explicitly."
else
    echo "The behaviour has changed."
    exit 1
fi
