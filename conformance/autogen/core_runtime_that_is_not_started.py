"""What is published to a runtime that is not started reaches nobody, and nothing is said.

autogen-agentchat 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import MessageContext, RoutedAgent, SingleThreadedAgentRuntime, default_subscription, message_handler
from autogen_core import DefaultTopicId

got = []


@dataclass
class Note:
    text: str


@default_subscription
class Clerk(RoutedAgent):
    @message_handler
    async def take(self, message: Note, ctx: MessageContext) -> None:
        got.append(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Clerk.register(runtime, "clerk", lambda: Clerk("keeps"))
    await runtime.publish_message(Note("tea"), DefaultTopicId())
    await asyncio.sleep(0.2)


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"got": got}))
