"""A message of a class that no subscriber has a handler for is dropped, and nothing is said.

autogen-core 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import (
    default_subscription,
    DefaultTopicId,
    message_handler,
    MessageContext,
    RoutedAgent,
    SingleThreadedAgentRuntime,
)

heard = []


@dataclass
class Order:
    dish: str


@dataclass
class Bill:
    sum: int


@default_subscription
class Kitchen(RoutedAgent):
    @message_handler
    async def cook(self, message: Order, ctx: MessageContext) -> None:
        heard.append(message.dish)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Kitchen.register(runtime, "kitchen", lambda: Kitchen("cooks"))
    runtime.start()
    await runtime.publish_message(Bill(12), DefaultTopicId())
    await runtime.publish_message(Order("soup"), DefaultTopicId())
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"heard": heard}))
