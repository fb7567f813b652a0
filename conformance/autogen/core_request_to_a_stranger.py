"""A message that is sent to an agent type that nobody registered raises.

autogen-core 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import (
    AgentId,
    message_handler,
    MessageContext,
    RoutedAgent,
    SingleThreadedAgentRuntime,
)

problems = []


@dataclass
class Question:
    text: str


class Clerk(RoutedAgent):
    @message_handler
    async def answer(self, message: Question, ctx: MessageContext) -> None:
        try:
            await self.send_message(message, AgentId("manager", "default"))
        except Exception as error:
            problems.append(str(error))


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Clerk.register(runtime, "clerk", lambda: Clerk("asks on"))
    runtime.start()
    await runtime.send_message(Question("when?"), AgentId("clerk", "default"))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"problems": problems}))
