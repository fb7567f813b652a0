"""A handler that is not async fails when a message comes.

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
    def read(self, message: Memo, ctx: MessageContext) -> None:
        refused.append(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Desk.register(runtime, "desk", lambda: Desk("reads"))
    runtime.start()
    try:
        await runtime.send_message(Memo("a"), AgentId("desk", "default"))
    except Exception as error:
        refused.append(type(error).__name__)
    await runtime.stop()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"refused": refused}))
