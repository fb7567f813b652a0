"""The summary of a tool call is filled in with four names: another one in braces fails the run.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent
from autogen_core import FunctionCall
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage

told = []


class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    def __init__(self, *answers):
        self.answers = list(answers)

    async def create(self, messages, **kwargs):
        told.append(" ".join(str(message.content) for message in messages))
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


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None



def look(word: str) -> str:
    """Look."""
    return word


model = Scripted([FunctionCall(id="1", name="look", arguments='{"word": "tea"}')])
one = AssistantAgent("one", model_client=model, tools=[look], tool_call_summary_format="{name}: {result}")

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(one.run(task="go")))[0]}))
