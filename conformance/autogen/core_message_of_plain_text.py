"""A text is no message: an agent that takes one cannot be registered.

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


class Desk(RoutedAgent):
    @message_handler
    async def read(self, message: str, ctx: MessageContext) -> None:
        print(message)


async def main():
    runtime = SingleThreadedAgentRuntime()
    try:
        await Desk.register(runtime, "desk", lambda: Desk("reads"))
    except ValueError as error:
        refused.append(str(error))


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"refused": refused}))
