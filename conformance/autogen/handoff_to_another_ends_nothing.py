"""A handoff condition waits for one target: a hand-off to another agent does not end the team.

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


from autogen_agentchat.conditions import HandoffTermination
from autogen_agentchat.teams import Swarm

one = AssistantAgent(
    "one",
    model_client=Scripted([FunctionCall(id="1", name="transfer_to_two", arguments="{}")]),
    handoffs=["two"],
)
two = AssistantAgent("two", model_client=Scripted("done"), handoffs=["user"])
team = Swarm([one, two], termination_condition=HandoffTermination("user"), max_turns=2)

if __name__ == "__main__":
    result = asyncio.run(team.run(task="go"))
    print(json.dumps({"reason": result.stop_reason, "said": [each.source for each in result.messages]}))
