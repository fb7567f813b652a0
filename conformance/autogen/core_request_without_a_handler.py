"""A message that is sent to an agent without a handler for it is answered with None, and nothing is raised.

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

@dataclass
class Question:
    text: str


@dataclass
class Remark:
    text: str


class Clerk(RoutedAgent):
    @message_handler
    async def answer(self, message: Question, ctx: MessageContext) -> Remark:
        return Remark("yes")


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Clerk.register(runtime, "clerk", lambda: Clerk("answers"))
    runtime.start()
    answer = await runtime.send_message(Remark("hm"), AgentId("clerk", "default"))
    await runtime.stop_when_idle()
    return answer


if __name__ == "__main__":
    print(json.dumps({"answer": asyncio.run(main())}))
