"""A subscription for an agent type that nobody registers loses the message for all other subscribers as well.

autogen-core 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import (
    message_handler,
    MessageContext,
    RoutedAgent,
    SingleThreadedAgentRuntime,
    TopicId,
    type_subscription,
    TypeSubscription,
)

heard = []


@dataclass
class Memo:
    text: str


@type_subscription(topic_type="memos")
class Desk(RoutedAgent):
    @message_handler
    async def read(self, message: Memo, ctx: MessageContext) -> None:
        heard.append(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Desk.register(runtime, "desk", lambda: Desk("reads"))
    await runtime.add_subscription(TypeSubscription("memos", "archive"))
    runtime.start()
    await runtime.publish_message(Memo("hello"), TopicId("memos", source="x"))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"heard": heard}))
