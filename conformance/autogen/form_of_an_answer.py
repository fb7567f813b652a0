"""An assistant with a form says an object of it: an edge that reads what the form lacks fails the run.

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


from autogen_agentchat.teams import DiGraphBuilder, GraphFlow
from pydantic import BaseModel


class Verdict(BaseModel):
    approved: bool


judge = AssistantAgent("judge", model_client=Scripted('{"approved": true}'), output_content_type=Verdict)
post = AssistantAgent("post", model_client=Scripted("done"))
drop = AssistantAgent("drop", model_client=Scripted("done"))
builder = DiGraphBuilder()
builder.add_node(judge).add_node(post).add_node(drop)
builder.add_edge(judge, post, condition=lambda message: message.content.accepted)
builder.add_edge(judge, drop, condition=lambda message: not message.content.accepted)
team = GraphFlow([judge, post, drop], graph=builder.build(), max_turns=3)

if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(team.run(task="go")))[0]}))
