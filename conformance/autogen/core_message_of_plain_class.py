"""A message is a dataclass or a model: an agent that takes others cannot be registered.

autogen-core 0.7.5.
"""

import asyncio
import json

from autogen_core import (
    message_handler,
    MessageContext,
    RoutedAgent,
    SingleThreadedAgentRuntime,
)

refused = []


class Memo:
    def __init__(self, text):
        self.text = text


class Desk(RoutedAgent):
    @message_handler
    async def read(self, message: Memo, ctx: MessageContext) -> None:
        print(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    try:
        await Desk.register(runtime, "desk", lambda: Desk("reads"))
    except ValueError as error:
        refused.append(str(error).split(" for ")[0])


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"refused": refused}))
