#!/usr/bin/env bash
# `DiGraphBuilder.add_node(agent, activation="any")` changes nothing: the node still waits for all its edges.
# Most expect: a node that is added with activation "any" runs when the first of its parents is done.
# What happens: GraphFlow looks at `activation_condition` of the edges only, which is "all" by default. Behind a
# choice the node never runs, and the run ends as "Digraph execution is complete".
# Seen with autogen-agentchat 0.7.5, Python 3.11, 2026-11-29. wflint says so: WF503.
# Usage: ./autogen-node-activation-is-ignored.sh   (PYTHON=... takes an environment that has the package already)
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
    def __init__(self, name, text="on"):
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


def run(node, edge):
    ran.clear()
    a, b, c, d = Say("a", "LEFT"), Say("b"), Say("c"), Say("d")
    graph = DiGraphBuilder().add_node(a).add_node(b).add_node(c).add_node(d, **node)
    graph.add_edge(a, b, condition="LEFT").add_edge(a, c, condition="RIGHT")
    graph.add_edge(b, d, **edge).add_edge(c, d, **edge)
    result = asyncio.run(GraphFlow([a, b, c, d], graph=graph.build()).run(task="go"))
    return list(ran), result.stop_reason


by_node, reason = run({"activation": "any"}, {})
by_edge, _ = run({}, {"activation_condition": "any"})
assert by_node == ["a", "b"] and by_edge == ["a", "b", "d"], (by_node, by_edge)
print(f"add_node(activation='any'): {by_node}, then {reason!r}")
print(f"add_edge(activation_condition='any'): {by_edge}")
PY
