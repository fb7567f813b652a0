"""A hand-off to somebody outside ends a swarm where a condition waits for it.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent, BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import HandoffTermination
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import Swarm
from autogen_core import FunctionCall
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


host = AssistantAgent(
    "host", Scripted([FunctionCall(id="1", name="transfer_to_boss", arguments="{}")]), handoffs=["boss"]
)


def build():
    return Swarm([host, Say("clerk")], termination_condition=HandoffTermination("boss"))


if __name__ == "__main__":
    result = asyncio.run(build().run(task="go"))
    print(json.dumps({"last": result.messages[-1].type, "ran": ran}))
