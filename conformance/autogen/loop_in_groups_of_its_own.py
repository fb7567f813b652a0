"""A loop whose first edge and back edge are in groups of their own goes round as its conditions say.

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


begin, judge, web, end = Say("begin"), Say("judge", "again", "again", "enough"), Say("web"), Say("end")
builder = DiGraphBuilder()
builder.add_node(begin).add_node(judge).add_node(web).add_node(end)
builder.add_edge(begin, judge, activation_group="first")
builder.add_edge(judge, web, condition="again").add_edge(judge, end, condition="enough")
builder.add_edge(web, judge, activation_group="back")
builder.set_entry_point(begin)
team = GraphFlow([begin, judge, web, end], graph=builder.build(), max_turns=12)

if __name__ == "__main__":
    asyncio.run(team.run(task="go"))
    print(json.dumps({"ran": ran}))
