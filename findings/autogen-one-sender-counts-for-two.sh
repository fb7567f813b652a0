#!/usr/bin/env bash
# A node of an AutoGen graph that waits for two others runs once one of them has spoken twice.
# Most expect: with activation "all", the default, a node waits until each of its parents has spoken.
# What happens: GraphFlow counts messages, not senders. Where one parent goes round, its second message takes the place of
# the other parent, which never ran; the node runs without it, and nothing is said.
# Seen with autogen-agentchat 0.7.5, Python 3.11, 2026-11-30. wflint says so: WF503.
# Usage: ./autogen-one-sender-counts-for-two.sh   (PYTHON=... takes an environment that has the package already)
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

from autogen_agentchat.agents import BaseChatAgent, SocietyOfMindAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.messages import HandoffMessage, TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, Swarm

ran = []


class Say(BaseChatAgent):
    def __init__(self, name, *texts):
        super().__init__(name, "says what it is told")
        self.texts = list(texts)

    @property
    def produced_message_types(self):
        return (TextMessage, HandoffMessage)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        text = self.texts.pop(0) if self.texts else "on"
        return Response(chat_message=TextMessage(source=self.name, content=text))

    async def on_reset(self, cancellation_token):
        pass


draft, facts, publish = Say("draft", "again", "again"), Say("facts"), Say("publish")
begin = Say("begin")
builder = DiGraphBuilder().add_node(begin).add_node(draft).add_node(facts).add_node(publish)
builder.add_edge(begin, draft, condition="on", activation_group="first")
builder.add_edge(begin, facts, condition="look it up")
builder.add_edge(draft, draft, condition="again", activation_group="self")
builder.add_edge(draft, publish, condition="again").add_edge(facts, publish)
builder.set_entry_point(begin)
asyncio.run(GraphFlow([begin, draft, facts, publish], graph=builder.build(), max_turns=8).run(task="go"))
assert ran == ["begin", "draft", "draft", "draft", "publish"], ran
print(f"publish waits for draft and facts, and ran without facts: {ran}")
PY
