"""A message that no handler's further condition takes is dropped, and nothing is said.

autogen-agentchat 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import AgentId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, message_handler


@dataclass
class Memo:
    text: str

ran = []


class Desk(RoutedAgent):
    @message_handler(match=lambda message, ctx: message.text.startswith("b"))
    async def read(self, message: Memo, ctx: MessageContext) -> None:
        ran.append(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Desk.register(runtime, "desk", lambda: Desk("reads"))
    runtime.start()
    await runtime.send_message(Memo("a"), AgentId("desk", "default"))
    await runtime.send_message(Memo("b"), AgentId("desk", "default"))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"ran": ran}))
