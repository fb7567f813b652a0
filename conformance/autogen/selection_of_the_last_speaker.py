"""A function that picks the next speaker may pick the last one again, whatever allow_repeated_speaker says.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import SelectorGroupChat

ran = []


class Say(BaseChatAgent):
    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        return Response(chat_message=TextMessage(source=self.name, content="on"))

    async def on_reset(self, cancellation_token):
        pass


def pick(messages):
    return "poet"


team = SelectorGroupChat(
    [Say("poet", "writes"), Say("judge", "judges")],
    model_client=None,
    selector_func=pick,
    allow_repeated_speaker=False,
    max_turns=3,
)

if __name__ == "__main__":
    asyncio.run(team.run(task="go"))
    print(json.dumps({"ran": ran}))
