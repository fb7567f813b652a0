"""A condition that is a text holds where the message has it anywhere in it: both edges are taken.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage

ran = []


class Say(BaseChatAgent):
    def __init__(self, name, text="on"):
        super().__init__(name, "says one thing")
        self.text = text
        self.seen = []

    @property
    def produced_message_types(self):
        return (TextMessage,)

    async def on_messages(self, messages, cancellation_token):
        ran.append(self.name)
        self.seen.append([message.source for message in messages])
        return Response(chat_message=TextMessage(source=self.name, content=self.text))

    async def on_reset(self, cancellation_token):
        pass


class Scripted(ChatCompletionClient):
    model_info = {
        "vision": False,
        "function_calling": True,
        "json_output": True,
        "family": "unknown",
        "structured_output": True,
    }
    capabilities = model_info

    def __init__(self, *answers):
        self.answers = list(answers)
        self.told = []

    async def create(self, messages, **kwargs):
        self.told.append([type(each).__name__ for each in messages])
        content = self.answers.pop(0) if self.answers else "fine"
        reason = "stop" if isinstance(content, str) else "function_calls"
        return CreateResult(
            finish_reason=reason,
            content=content,
            usage=RequestUsage(prompt_tokens=1, completion_tokens=1),
            cached=False,
        )

    def create_stream(self, messages, **kwargs):
        raise NotImplementedError

    async def close(self):
        pass

    def actual_usage(self):
        return RequestUsage(prompt_tokens=0, completion_tokens=0)

    total_usage = actual_usage

    def count_tokens(self, messages, **kwargs):
        return 0

    def remaining_tokens(self, messages, **kwargs):
        return 1000


a, b, c = Say("a", "yes please"), Say("b"), Say("c")
builder = DiGraphBuilder()
builder.add_node(a).add_node(b).add_node(c)
builder.add_edge(a, b, condition="yes")
builder.add_edge(a, c, condition="yes please")
flow = GraphFlow(builder.get_participants(), graph=builder.build())

if __name__ == "__main__":
    asyncio.run(flow.run(task="go"))
    print(json.dumps({"ran": sorted(ran)}))
