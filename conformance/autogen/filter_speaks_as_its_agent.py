"""What an agent in a filter says bears the agent's own name: a condition that waits for the filter's name waits in vain.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent, MessageFilterAgent, MessageFilterConfig, PerSourceFilter
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import SourceMatchTermination
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import RoundRobinGroupChat


class Say(BaseChatAgent):
    def __init__(self, name):
        super().__init__(name, "says one thing")

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        return Response(chat_message=TextMessage(source=self.name, content="on"))

    async def on_reset(self, cancellation_token):
        pass


writer, critic = Say("writer"), Say("critic")
last = PerSourceFilter(source="writer", position="last", count=1)
heard = MessageFilterAgent(name="heard", wrapped_agent=critic, filter=MessageFilterConfig(per_source=[last]))
team = RoundRobinGroupChat([writer, heard], termination_condition=SourceMatchTermination(["heard"]), max_turns=4)


async def main():
    result = await team.run(task="go")
    print(json.dumps({"spoke": [message.source for message in result.messages], "stopped": result.stop_reason}))


asyncio.run(main())
