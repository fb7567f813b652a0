"""Every agent gets what is published to topics that begin with its type and a colon.

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
)

heard = []


@dataclass
class Tip:
    text: str


class Scout(RoutedAgent):
    @message_handler
    async def follow(self, message: Tip, ctx: MessageContext) -> None:
        heard.append(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Scout.register(runtime, "scout", lambda: Scout("follows"))
    runtime.start()
    await runtime.publish_message(Tip("river"), TopicId("scout:tips", source="x"))
    await runtime.publish_message(Tip("hill"), TopicId("scout", source="x"))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"heard": heard}))
