#!/usr/bin/env bash
# In AutoGen Core, one subscription for an agent type that nobody registers loses the message for all subscribers.
# Most expect: the agents that are registered get what is published to their topic, and the other subscription is
# ignored or refused.
# What happens: the runtime looks for the missing agent before any handler runs, fails, and keeps the failure to itself
# (`ignore_unhandled_exceptions` is true by default): nobody gets the message, and nothing is raised.
# Seen with autogen-core 0.7.5, Python 3.11, 2026-11-30. wflint says so: WF303.
# Usage: ./autogen-core-subscriber-nobody-registers.sh   (PYTHON=... takes an environment that has the package already)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
if [ -z "${PYTHON:-}" ]; then
    python3 -m venv "$folder/venv"
    "$folder/venv/bin/pip" install -q "autogen-core==0.7.5"
    PYTHON="$folder/venv/bin/python"
fi
cd "$folder"
"$PYTHON" -W ignore - <<'PY'
import asyncio
import logging
from dataclasses import dataclass

from autogen_core import (
    MessageContext,
    RoutedAgent,
    SingleThreadedAgentRuntime,
    TopicId,
    TypeSubscription,
    message_handler,
)

logging.disable()
heard = []


@dataclass
class Memo:
    text: str


class Desk(RoutedAgent):
    @message_handler
    async def read(self, message: Memo, ctx: MessageContext) -> None:
        heard.append(message.text)


async def publish(*agent_types):
    heard.clear()
    runtime = SingleThreadedAgentRuntime()
    await Desk.register(runtime, "desk", lambda: Desk("reads"))
    for agent_type in agent_types:
        await runtime.add_subscription(TypeSubscription("memos", agent_type))
    runtime.start()
    await runtime.publish_message(Memo("hello"), TopicId("memos", source="x"))
    await runtime.stop_when_idle()
    return list(heard)


alone = asyncio.run(publish("desk"))
beside = asyncio.run(publish("desk", "archive"))
print('subscribed: "desk" ->', alone)
print('subscribed: "desk" and "archive", which nobody registers ->', beside)
assert alone == ["hello"], "the behaviour has changed"
assert beside == [], "the behaviour has changed"
PY
