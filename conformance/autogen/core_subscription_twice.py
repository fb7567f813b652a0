"""An agent is subscribed to a topic once: by its class, or by code.

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
    type_subscription,
    TypeSubscription,
)

refused = []


@dataclass
class Memo:
    text: str


@type_subscription(topic_type="memos")
class Desk(RoutedAgent):
    @message_handler
    async def read(self, message: Memo, ctx: MessageContext) -> None:
        print(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Desk.register(runtime, "desk", lambda: Desk("reads"))
    try:
        await runtime.add_subscription(TypeSubscription("memos", "desk"))
    except ValueError as error:
        refused.append(str(error))


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"refused": refused}))
