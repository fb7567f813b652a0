"""Two conditions that are joined with & need not hold at once: each is remembered once it has held.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import TextMentionTermination
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import RoundRobinGroupChat


class Say(BaseChatAgent):
    def __init__(self, name, text="on"):
        super().__init__(name, "says one thing")
        self.text = text

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        return Response(chat_message=TextMessage(source=self.name, content=self.text))

    async def on_reset(self, cancellation_token):
        pass


condition = TextMentionTermination("STOP") & TextMentionTermination("END")
team = RoundRobinGroupChat([Say("a", "STOP"), Say("b"), Say("c", "END")], termination_condition=condition)


if __name__ == "__main__":
    result = asyncio.run(team.run(task="go"))
    print(json.dumps({"spoke": [message.source for message in result.messages], "stopped": result.stop_reason}))
