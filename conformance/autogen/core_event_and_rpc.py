"""A handler of events takes published messages only, one of requests only those that are sent.

autogen-core 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import (
    AgentId,
    default_subscription,
    DefaultTopicId,
    event,
    MessageContext,
    RoutedAgent,
    rpc,
    SingleThreadedAgentRuntime,
)

heard = []


@dataclass
class News:
    text: str


@default_subscription
class Listener(RoutedAgent):
    @event
    async def hear(self, message: News, ctx: MessageContext) -> None:
        heard.append(["event", message.text])


@default_subscription
class Answerer(RoutedAgent):
    @rpc
    async def answer(self, message: News, ctx: MessageContext) -> None:
        heard.append(["rpc", message.text])


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Listener.register(runtime, "listener", lambda: Listener("listens"))
    await Answerer.register(runtime, "answerer", lambda: Answerer("answers"))
    runtime.start()
    await runtime.publish_message(News("published"), DefaultTopicId())
    await runtime.send_message(News("sent"), AgentId("listener", "default"))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"heard": heard}))
