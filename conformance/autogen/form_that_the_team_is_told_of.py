"""A team that is told of the messages takes answers in a form.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.messages import StructuredMessage
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage
from pydantic import BaseModel


class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    async def create(self, messages, **kwargs):
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        return CreateResult(finish_reason="stop", content='{"amount": 12}', usage=usage, cached=False)

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


class Bill(BaseModel):
    amount: int


desk = AssistantAgent("desk", Scripted(), output_content_type=Bill)


def outcome(team):
    try:
        asyncio.run(team.run(task="go"))
        return ""
    except RuntimeError as error:
        return "is not registered" in str(error)


team = RoundRobinGroupChat([desk], max_turns=1, custom_message_types=[StructuredMessage[Bill]])

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(team)}))
