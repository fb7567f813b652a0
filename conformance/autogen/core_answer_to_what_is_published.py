"""What a handler returns for a published message goes nowhere.

autogen-core 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import (
    AgentId,
    message_handler,
    MessageContext,
    RoutedAgent,
    SingleThreadedAgentRuntime,
    TopicId,
    type_subscription,
)

heard = []


@dataclass
class Sum:
    value: int


@type_subscription(topic_type="sums")
class Adder(RoutedAgent):
    @message_handler
    async def add(self, message: Sum, ctx: MessageContext) -> Sum:
        return Sum(message.value + 1)


@type_subscription(topic_type="results")
class Printer(RoutedAgent):
    @message_handler
    async def show(self, message: Sum, ctx: MessageContext) -> None:
        heard.append(message.value)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Adder.register(runtime, "adder", lambda: Adder("adds"))
    await Printer.register(runtime, "printer", lambda: Printer("shows"))
    runtime.start()
    published = await runtime.publish_message(Sum(1), TopicId("sums", source="x"))
    await runtime.publish_message(Sum(5), TopicId("results", source="x"))
    await runtime.stop_when_idle()
    return published


if __name__ == "__main__":
    print(json.dumps({"published": asyncio.run(main()), "heard": heard}))
