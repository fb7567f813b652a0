"""An assistant that calls a tool has said its part: the tool's result is its answer, and the model is not asked again.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent
from autogen_core import FunctionCall

from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage


class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    def __init__(self, *answers):
        self.answers = list(answers)

    async def create(self, messages, **kwargs):
        answer = self.answers.pop(0)
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        reason = "stop" if isinstance(answer, str) else "function_calls"
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

    def remaining_tokens(self, messages, **kwargs):
        return 1000

def call(name):
    return [FunctionCall(id="1", name=name, arguments="{}")]

from autogen_agentchat.teams import RoundRobinGroupChat


def look() -> str:
    """Looks."""
    return "nothing"


one = AssistantAgent("one", Scripted(call("look"), "found nothing"), tools=[look])
team = RoundRobinGroupChat([one], max_turns=1)
if __name__ == "__main__":
    result = asyncio.run(team.run(task="go"))
    print(json.dumps({"last": [type(result.messages[-1]).__name__, result.messages[-1].content]}))
