"""What an agent publishes to a topic that it is subscribed to gets to all others, and not to itself.

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
class Word:
    text: str


@default_subscription
class Speaker(RoutedAgent):
    @message_handler
    async def hear(self, message: Word, ctx: MessageContext) -> None:
        heard.append([self.id.type, message.text])
        if message.text == "go":
            await self.publish_message(Word(self.id.type), DefaultTopicId())


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Speaker.register(runtime, "one", lambda: Speaker("speaks"))
    await Speaker.register(runtime, "two", lambda: Speaker("speaks"))
    runtime.start()
    await runtime.publish_message(Word("go"), DefaultTopicId())
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"heard": sorted(heard)}))
