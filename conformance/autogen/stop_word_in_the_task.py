"""The task counts as a message: a team whose task holds the stop word ends before anybody speaks.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import MaxMessageTermination, TextMentionTermination
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, SelectorGroupChat

ran = []


class Say(BaseChatAgent):
    def __init__(self, name, text="on"):
        super().__init__(name, "says one thing")
        self.text = text

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        return Response(chat_message=TextMessage(source=self.name, content=self.text))

    async def on_reset(self, cancellation_token):
        pass


poet, judge = Say("poet"), Say("judge")
team = RoundRobinGroupChat([poet, judge], termination_condition=TextMentionTermination("APPROVE"))


async def main():
    result = await team.run(task="a poem; the judge says APPROVE")
    return result.stop_reason


if __name__ == "__main__":
    reason = asyncio.run(main())
    print(json.dumps({"ran": ran, "mentioned": "APPROVE" in (reason or "")}))
