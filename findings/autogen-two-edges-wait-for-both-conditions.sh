#!/usr/bin/env bash
# Two conditional edges between two agents: the second one runs only once both conditions have held.
# Most expect: `add_edge(judge, mend, condition="bad")` and the same with "odd" run mend for either word.
# What happens: each edge of an activation group is waited for, also where both come from one agent: judge says "bad", and the run ends.
# Seen with autogen-agentchat 0.7.5, Python 3.11, 2026-11-30.
# Usage: ./autogen-two-edges-wait-for-both-conditions.sh   (PYTHON=... takes an environment that has the package already)
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

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow

ran = []


class Say(BaseChatAgent):
    def __init__(self, name, text):
        super().__init__(name, "says one thing")
        self.text = text

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        return Response(chat_message=TextMessage(source=self.name, content=self.text))

    async def on_reset(self, cancellation_token):
        pass


def run(**options):
    ran.clear()
    judge, mend = Say("judge", "bad"), Say("mend", "mended")
    builder = DiGraphBuilder().add_node(judge).add_node(mend)
    for word in ("bad", "odd"):
        builder.add_edge(judge, mend, condition=word, **options)
    asyncio.run(GraphFlow([judge, mend], graph=builder.build()).run(task="go"))
    return list(ran)


plain, either = run(), run(activation_condition="any")
assert (plain, either) == (["judge"], ["judge", "mend"]), (plain, either)
print("two edges:", plain, "| with activation_condition='any':", either)
PY
