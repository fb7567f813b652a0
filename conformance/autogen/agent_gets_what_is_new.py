"""An agent of one's own is given what was said since its last turn, not all of it.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent, BaseChatAgent, SocietyOfMindAgent, UserProxyAgent
from autogen_agentchat.base import Handoff, Response
from autogen_agentchat.conditions import HandoffTermination, MaxMessageTermination, TextMentionTermination
from autogen_agentchat.messages import HandoffMessage, TextMessage
from autogen_agentchat.teams import DiGraphBuilder, GraphFlow, RoundRobinGroupChat, SelectorGroupChat, Swarm
from autogen_core import CancellationToken, FunctionCall
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage

seen = []


class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    def __init__(self, *answers):
        self.answers = list(answers)

    async def create(self, messages, **kwargs):
        seen.append([each.content for each in messages if isinstance(each.content, str)])
        answer = self.answers.pop(0)
        reason = "stop" if isinstance(answer, str) else "function_calls"
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        return CreateResult(finish_reason=reason, content=answer, usage=usage, cached=False)

    def create_stream(self, messages, **kwargs):
        raise NotImplementedError

    async def close(self):
        pass

    def actual_usage(self):
        return RequestUsage(prompt_tokens=0, completion_tokens=0)

    total_usage = actual_usage

    def count_tokens(self, messages, **kwargs):
        return 0

    remaining_tokens = count_tokens


def call(name, **arguments):
    return FunctionCall(id=name, name=name, arguments=json.dumps(arguments))


def said(result):
    return [[each.source, each.to_text()] for each in result.messages]


given = []


class Echo(BaseChatAgent):
    produced_message_types = (TextMessage,)

    async def on_messages(self, messages, cancellation_token: CancellationToken):
        given.append([self.name, *[each.to_text() for each in messages]])
        return Response(chat_message=TextMessage(content=self.name.upper(), source=self.name))

    async def on_reset(self, cancellation_token: CancellationToken):
        pass


team = RoundRobinGroupChat([Echo("a", "first"), Echo("b", "second")], max_turns=4)


async def main():
    await team.run(task="go")


if __name__ == "__main__":
    asyncio.run(main())
    print(json.dumps({"given": given}))
