"""A run that is streamed is read in a loop: code that waits for it fails.

autogen-agentchat 0.7.5.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from autogen_agentchat.agents import AssistantAgent, BaseChatAgent
from autogen_agentchat.base import Response
from autogen_agentchat.conditions import MaxMessageTermination
from autogen_agentchat.messages import TextMessage
from autogen_agentchat.teams import MagenticOneGroupChat, RoundRobinGroupChat
from autogen_agentchat.tools import AgentTool
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage


def raised(do):
    with ThreadPoolExecutor() as pool:
        failure = pool.submit(do).exception()
    return type(failure).__name__ if failure else ""


seen = []


class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    def __init__(self, *answers):
        self.answers = list(answers)

    async def create(self, messages, **kwargs):
        seen.append([each.content for each in messages if isinstance(each.content, str)])
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        return CreateResult(finish_reason="stop", content=self.answers.pop(0), usage=usage, cached=False)

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


def model(*texts):
    return Scripted(*texts)


desk = AssistantAgent("desk", model_client=model("one"))
team = RoundRobinGroupChat([desk], termination_condition=MaxMessageTermination(2))


async def answer():
    result = await team.run_stream(task="go")
    return result.messages[-1]


def main():
    return asyncio.run(answer())


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
