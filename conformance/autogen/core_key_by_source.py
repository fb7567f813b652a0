"""Each topic source has an agent of its own, made when the first message comes.

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

made = []
heard = []


@dataclass
class Visit:
    guest: str


@type_subscription(topic_type="visits")
class Host(RoutedAgent):
    def __init__(self):
        super().__init__("greets")
        made.append(self.id.key)
        self.count = 0

    @message_handler
    async def greet(self, message: Visit, ctx: MessageContext) -> None:
        self.count += 1
        heard.append([self.id.key, self.count])


async def main():
    runtime = SingleThreadedAgentRuntime()
    await Host.register(runtime, "host", Host)
    runtime.start()
    await runtime.publish_message(Visit("Ann"), TopicId("visits", source="north"))
    await runtime.publish_message(Visit("Bo"), TopicId("visits", source="south"))
    await runtime.publish_message(Visit("Cy"), TopicId("visits", source="north"))
    await runtime.stop_when_idle()


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"made": sorted(made), "heard": sorted(heard)}))
