"""An agent type is registered once.

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
)

refused = []


@dataclass
class Memo:
    text: str


class Desk(RoutedAgent):
    @message_handler
    async def read(self, message: Memo, ctx: MessageContext) -> None:
        print(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Desk.register(runtime, "desk", lambda: Desk("reads"))
    try:
        await Desk.register(runtime, "desk", lambda: Desk("reads, too"))
    except ValueError as error:
        refused.append("already exists" in str(error))


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"refused": refused}))
