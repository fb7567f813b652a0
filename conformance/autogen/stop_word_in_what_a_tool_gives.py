"""A stop word that a tool gives ends the team: what an assistant says after a tool is what the tool gave.

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


async def look(word: str) -> str:
    """Look a word up."""
    return "It says: DONE"


finder = AssistantAgent("finder", model_client=Scripted([call("look", word="x")]), tools=[look], system_message=None)
judge = AssistantAgent("judge", model_client=Scripted("fine"), system_message=None)
team = RoundRobinGroupChat([finder, judge], termination_condition=TextMentionTermination("DONE"), max_turns=4)


async def main():
    result = await team.run(task="go")
    return [[each.source for each in result.messages], result.stop_reason]


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
