"""A node waits for as many messages as it has edges: a source that comes round twice counts for the one that never does.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent, BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import MaxMessageTermination, TextMentionTermination
from autogen_agentchat.messages import HandoffMessage, TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, SelectorGroupChat, Swarm

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


begin, ping, slow, end = Say("begin"), Say("ping", "again", "again done"), Say("slow"), Say("end")
builder = DiGraphBuilder()
builder.add_node(begin).add_node(ping).add_node(slow).add_node(end)
builder.add_edge(begin, ping, condition="on", activation_group="first").add_edge(ping, ping, condition="again", activation_group="self")
builder.add_edge(ping, end, condition="again").add_edge(slow, end)
builder.add_edge(begin, slow, condition=lambda message: False)
builder.set_entry_point(begin)


def run():
    team = GraphFlow([begin, ping, slow, end], graph=builder.build(), max_turns=8)
    asyncio.run(team.run(task="go"))


if __name__ == "__main__":
    raised = ""
    try:
        run()
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "ran": ran}))
