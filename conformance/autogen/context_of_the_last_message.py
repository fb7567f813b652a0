"""An agent whose context holds the last message only is shown that one, and none of what others said before.

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


from autogen_agentchat.teams import RoundRobinGroupChat
from autogen_core.model_context import BufferedChatCompletionContext

one = AssistantAgent("one", model_client=Scripted("ALPHA"))
two = AssistantAgent("two", model_client=Scripted("BETA"))
last = AssistantAgent(
    "last", model_client=Scripted("done"), model_context=BufferedChatCompletionContext(buffer_size=1)
)
team = RoundRobinGroupChat([one, two, last], max_turns=3)

if __name__ == "__main__":
    asyncio.run(team.run(task="go"))
    print(json.dumps({"alpha": "ALPHA" in told[-1], "beta": "BETA" in told[-1]}))
