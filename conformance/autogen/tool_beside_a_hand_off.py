"""An assistant that calls a tool and two hand-offs at once runs the tool and hands over to the first, with the tool's result.

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
        seen.append([type(each).__name__ for each in messages])
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


ran = []


async def look(word: str) -> str:
    """Look a word up."""
    ran.append(word)
    return "found"


finder = AssistantAgent(
    "finder",
    model_client=Scripted([call("look", word="x"), call("transfer_to_writer"), call("transfer_to_judge")]),
    tools=[look],
    handoffs=["writer", "judge"],
    system_message=None,
)
writer = AssistantAgent("writer", model_client=Scripted("written"), handoffs=["judge"], system_message=None)
judge = AssistantAgent("judge", model_client=Scripted("fine"), system_message=None)
team = Swarm([finder, writer, judge], max_turns=2)


async def main():
    result = await team.run(task="go")
    return [each.source for each in result.messages]


if __name__ == "__main__":
    print(json.dumps({"sources": asyncio.run(main()), "ran": ran, "told": seen[-1]}))
