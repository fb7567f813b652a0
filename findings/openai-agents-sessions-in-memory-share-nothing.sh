#!/usr/bin/env bash
# Two `SQLiteSession("ann")` of the OpenAI Agents SDK have nothing in common.
# Most expect: the name of a session says which conversation it is, so a second object of that name goes on with it.
# What happens: without a path each object has a database of its own in memory: made anew for each request, it remembers nothing.
# Seen with openai-agents 0.24.0, Python 3.11, 2026-11-30.
# Usage: ./openai-agents-sessions-in-memory-share-nothing.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "openai-agents==0.24.0"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > talk.py <<'PY'
import asyncio

from agents import Agent, Runner, SQLiteSession, set_tracing_disabled
from agents.testing import ScriptedModel, assistant_message

set_tracing_disabled(True)
clerk = Agent(name="clerk", instructions="Answer.", model=ScriptedModel([[assistant_message("yes")] for _ in range(4)]))


async def kept(first, second):
    await Runner.run(clerk, "one", session=first)
    await Runner.run(clerk, "two", session=second)
    return len(await second.get_items())


async def main():
    memory = await kept(SQLiteSession("ann"), SQLiteSession("ann"))
    file = await kept(SQLiteSession("ann", "talk.db"), SQLiteSession("ann", "talk.db"))
    assert (memory, file) == (2, 4), (memory, file)
    print("in memory, the second object holds", memory, "items; in a file", file)


asyncio.run(main())
PY
"$PYTHON" talk.py
