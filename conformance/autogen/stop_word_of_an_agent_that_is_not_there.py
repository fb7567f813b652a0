"""A team that ends once somebody outside of it has spoken never ends by that.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent, BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage

ran = []


class Say(BaseChatAgent):
    def __init__(self, name, *texts):
        super().__init__(name, "says what it is told")
        self.texts = list(texts)

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        text = self.texts.pop(0) if self.texts else "on"
        return Response(chat_message=TextMessage(source=self.name, content=text))

    async def on_reset(self, cancellation_token):
        pass


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None


from autogen_agentchat.conditions import SourceMatchTermination
from autogen_agentchat.teams import RoundRobinGroupChat

team = RoundRobinGroupChat(
    [Say("writer"), Say("judge")], termination_condition=SourceMatchTermination(["judgy"]), max_turns=6
)

if __name__ == "__main__":
    asyncio.run(team.run(task="go"))
    print(json.dumps({"ran": ran}))
