"""What a handler of a published message raises is logged and goes nowhere; what one raises for a request gets to the sender.

autogen-core 0.7.5.
"""

import asyncio
import json
from dataclasses import dataclass

from autogen_core import (
    AgentId,
    default_subscription,
    DefaultTopicId,
    message_handler,
    MessageContext,
    RoutedAgent,
    SingleThreadedAgentRuntime,
)

raised = []


@dataclass
class Job:
    text: str


@default_subscription
class Worker(RoutedAgent):
    @message_handler
    async def work(self, message: Job, ctx: MessageContext) -> None:
        raise ValueError(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Worker.register(runtime, "worker", lambda: Worker("works"))
    runtime.start()
    await runtime.publish_message(Job("published"), DefaultTopicId())
    try:
        await runtime.send_message(Job("sent"), AgentId("worker", "default"))
    except ValueError as error:
        raised.append(str(error))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"raised": raised}))
