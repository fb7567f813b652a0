"""Who sends a message to an agent whose handler returns nothing is answered None.

autogen-core 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import AgentId, MessageContext, RoutedAgent, SingleThreadedAgentRuntime, message_handler


@dataclass
class Wish:
    text: str


class Cook(RoutedAgent):
    def __init__(self) -> None:
        super().__init__("cooks")

    @message_handler
    async def cook(self, message: Wish, ctx: MessageContext) -> None:
        self.last = message.text


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Cook.register(runtime, "cook", lambda: Cook())
    runtime.start()
    try:
        answer = await runtime.send_message(Wish("soup"), AgentId("cook", "default"))
        return answer.text
    finally:
        await runtime.stop_when_idle()


if __name__ == "__main__":
    try:
        asyncio.run(main())
        there = True
    except AttributeError:
        there = False
    print(json.dumps({"there": there}))
