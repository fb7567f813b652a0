"""An assistant without hand-offs may be the first of a swarm: it goes on by itself.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import BaseChatAgent, AssistantAgent
from autogen_agentchat.base import Response
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import Swarm
from autogen_agentchat.conditions import MaxMessageTermination
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
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    async def create(self, messages, **kwargs):
        return CreateResult(
            finish_reason="stop", content="fine", usage=RequestUsage(prompt_tokens=1, completion_tokens=1), cached=False
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


team = Swarm(
    [AssistantAgent("host", Scripted()), AssistantAgent("clerk", Scripted(), handoffs=["host"])],
    termination_condition=MaxMessageTermination(4),
)

if __name__ == "__main__":
    result = asyncio.run(team.run(task="go"))
    print(json.dumps({"spoke": [message.source for message in result.messages]}))
