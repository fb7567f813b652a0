"""The parameter of a handler is called `message`.

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


async def main():
    global Desk
    try:

        class Desk(RoutedAgent):
            @message_handler
            async def read(self, memo: Memo, ctx: MessageContext) -> None:
                print(memo.text)

    except AssertionError as error:
        refused.append(str(error))
        return
    runtime = SingleThreadedAgentRuntime()
    await Desk.register(runtime, "desk", lambda: Desk("reads"))


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"refused": refused}))
