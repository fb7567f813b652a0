"""A limit that a team shares with a team within it is set back when the inner one ends: it does not end the outer one.

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


def told(shared):
    """Whose messages the outer team heard, with one limit for both teams or one for each."""
    limit = MaxMessageTermination(5)
    writer = AssistantAgent("writer", model_client=Scripted(*"abcdefghij"), system_message=None)
    judge = AssistantAgent("judge", model_client=Scripted(*"klmnopqrst"), system_message=None)
    inner = RoundRobinGroupChat([writer], termination_condition=limit, name="inner")
    own = limit if shared else MaxMessageTermination(5)
    return RoundRobinGroupChat([judge, inner], termination_condition=own, max_turns=4)


async def main():
    heard = []
    for shared in (True, False):
        try:
            result = await told(shared).run(task="go")
            heard.append([[each.source for each in result.messages], result.stop_reason])
        except Exception as error:
            heard.append(type(error).__name__)
    return heard


if __name__ == "__main__":
    print(json.dumps({"heard": asyncio.run(main())}))
