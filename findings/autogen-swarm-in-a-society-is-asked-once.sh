#!/usr/bin/env bash
# A swarm inside of a SocietyOfMindAgent can be asked once: the second time the run fails.
# Most expect: an agent that wraps a team may be asked as often as any other agent; other kinds of teams may.
# What happens: what was said before is handed to the inner team as a HandoffMessage to "", and a swarm refuses a
# hand-off to somebody who does not take part.
# Seen with autogen-agentchat 0.7.5, Python 3.11, 2026-11-30. wflint says so: WF304.
# Usage: ./autogen-swarm-in-a-society-is-asked-once.sh   (PYTHON=... takes an environment that has the package already)
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


from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage


class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    async def create(self, messages, **kwargs):
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        return CreateResult(finish_reason="stop", content="in short", usage=usage, cached=False)

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


def outcome(inner, turns):
    desk = SocietyOfMindAgent("desk", team=inner, model_client=Scripted())
    try:
        result = asyncio.run(RoundRobinGroupChat([desk, Say("reader")], max_turns=turns).run(task="go"))
        return [message.source for message in result.messages]
    except Exception as error:
        return str(error).partition("\n")[0]


once = outcome(Swarm([Say("one"), Say("two")], termination_condition=MaxMessageTermination(2)), 1)
twice = outcome(Swarm([Say("one"), Say("two")], termination_condition=MaxMessageTermination(2)), 3)
other = outcome(RoundRobinGroupChat([Say("one"), Say("two")], max_turns=1), 3)
assert once[-1] == other[-1] == "desk" and "not one of the participants" in twice, (once, twice, other)
print(f"a swarm, asked once: {once}")
print(f"a swarm, asked twice: {twice}")
print(f"a round-robin team, asked twice: {other}")
PY
