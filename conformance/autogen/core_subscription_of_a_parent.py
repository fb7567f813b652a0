"""The subscriptions of a class do not count for the classes that inherit from it.

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
)

heard = []


@dataclass
class Task:
    text: str


@type_subscription(topic_type="tasks")
class Worker(RoutedAgent):
    @message_handler
    async def work(self, message: Task, ctx: MessageContext) -> None:
        heard.append(self.id.type)


class Painter(Worker):
    pass


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Worker.register(runtime, "worker", lambda: Worker("works"))
    await Painter.register(runtime, "painter", lambda: Painter("paints"))
    runtime.start()
    await runtime.publish_message(Task("wall"), TopicId("tasks", source="house"))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"heard": heard}))
