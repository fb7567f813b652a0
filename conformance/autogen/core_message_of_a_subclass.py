"""A handler takes messages of just the class that it names: those of a subclass are dropped.

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
class Letter:
    text: str


@dataclass
class Parcel(Letter):
    weight: int = 1


@default_subscription
class Post(RoutedAgent):
    @message_handler
    async def take(self, message: Letter, ctx: MessageContext) -> None:
        heard.append(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Post.register(runtime, "post", lambda: Post("delivers"))
    runtime.start()
    await runtime.publish_message(Parcel("books"), DefaultTopicId())
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"heard": heard}))
