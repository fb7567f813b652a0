"""Two conditions that `&` joins end a team once both hold: a limit among them ends nothing by itself.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent
from autogen_agentchat.conditions import MaxMessageTermination, TextMentionTermination
from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage

asked = []


class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    async def create(self, messages, **kwargs):
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        asked.append(1)
        text = "soup" if len(asked) < 9 else "DONE"
        return CreateResult(finish_reason="stop", content=text, usage=usage, cached=False)

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


cook = AssistantAgent("cook", model_client=Scripted(), system_message="Cook. Say DONE at last.")
waiter = AssistantAgent("waiter", model_client=Scripted(), system_message="Serve. Say DONE at last.")
stop = TextMentionTermination("DONE") & MaxMessageTermination(3)
team = RoundRobinGroupChat([cook, waiter], termination_condition=stop)


async def main():
    await team.run(task="?")
    return len(asked)


if __name__ == "__main__":
    print(json.dumps({"asked": asyncio.run(main())}))
