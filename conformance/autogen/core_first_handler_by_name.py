"""Of two handlers for one class the first one by name is called, not the first one in the source.

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
class Call:
    text: str


@default_subscription
class Desk(RoutedAgent):
    @message_handler
    async def second(self, message: Call, ctx: MessageContext) -> None:
        heard.append("second")

    @message_handler
    async def first(self, message: Call, ctx: MessageContext) -> None:
        heard.append("first")


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Desk.register(runtime, "desk", lambda: Desk("answers"))
    runtime.start()
    await runtime.publish_message(Call("hello"), DefaultTopicId())
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"heard": heard}))
