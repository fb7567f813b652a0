#!/usr/bin/env bash
# One termination condition for an AutoGen team and for a team within it does not end the outer one.
# Most expect: `MaxMessageTermination(5)` that both are given ends the outer team after five messages, or is refused as one object for two.
# What happens: both count with the one object, and the inner team sets it back to nothing each time that it ends: the outer
# one goes on past its limit, and the inner one has fewer messages than with a limit of its own.
# Seen with autogen-agentchat 0.7.5, Python 3.11, 2026-12-01. wflint says so: WF702.
# Usage: ./autogen-shared-limit-is-set-back.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "autogen-agentchat==0.7.5"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
cat > program.py <<'PY'
import asyncio

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import RoundRobinGroupChat


class Speaker(BaseChatAgent):
    produced_message_types = (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        return Response(chat_message=TextMessage(content="well", source=self.name))

    async def on_reset(self, cancellation_token):
        pass


async def heard(shared):
    limit = MaxMessageTermination(5)
    inner = RoundRobinGroupChat([Speaker("writer", "writes")], termination_condition=limit, name="inner")
    own = limit if shared else MaxMessageTermination(5)
    outer = RoundRobinGroupChat([Speaker("judge", "judges"), inner], termination_condition=own, max_turns=8)
    result = await outer.run(task="go")
    return [each.source for each in result.messages], result.stop_reason


one, two = asyncio.run(heard(True)), asyncio.run(heard(False))
print(f"one limit for both: {len(one[0])} messages, {one[1]}")
print(f"a limit for each: {len(two[0])} messages, {two[1]}")
assert len(one[0]) > 5 and "turns 8" in one[1], one
assert len(two[0]) == 5 and "messages 5" in two[1], two
PY
"$PYTHON" program.py
