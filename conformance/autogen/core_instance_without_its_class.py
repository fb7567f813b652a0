"""An agent that is registered as it is has a topic of its own; the subscriptions of its class are left out.

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
    TopicId,
)

heard = []


@dataclass
class Note:
    text: str


@default_subscription
class Reader(RoutedAgent):
    @message_handler
    async def read(self, message: Note, ctx: MessageContext) -> None:
        heard.append(message.text)


async def main():
    runtime = SingleThreadedAgentRuntime()
    reader = Reader("reads")
    await reader.register_instance(runtime, AgentId("reader", "desk"))
    runtime.start()
    await runtime.publish_message(Note("to all"), DefaultTopicId())
    await runtime.publish_message(Note("to the desk"), TopicId("desk", source="desk"))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"heard": heard}))
