"""The function that makes an agent takes nothing, or a runtime and an id.

autogen-agentchat 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import AgentId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, message_handler


@dataclass
class Memo:
    text: str

refused = []


class Desk(RoutedAgent):
    @message_handler
    async def read(self, message: Memo, ctx: MessageContext) -> None:
        print(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Desk.register(runtime, "desk", lambda name: Desk(name))
    runtime.start()
    try:
        await runtime.send_message(Memo("a"), AgentId("desk", "default"))
    except (TypeError, ValueError) as error:
        refused.append(type(error).__name__)
    await runtime.stop()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"refused": refused}))
