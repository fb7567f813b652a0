"""An assistant calls tools in one round, and then answers, unless it is told how many rounds there may be.

autogen-agentchat 0.7.5.
"""

import asyncio
import json

from autogen_agentchat.agents import AssistantAgent
from autogen_core import FunctionCall
from autogen_core.models import ChatCompletionClient, CreateResult, RequestUsage

called = []


async def find_guest(name: str) -> str:
    """Finds a guest."""
    called.append("find")
    return "7"


async def book_table(guest: str) -> str:
    """Books a table."""
    called.append("book")
    return "booked"



class Scripted(ChatCompletionClient):
    model_info = {"vision": False, "function_calling": True, "json_output": True, "family": "unknown", "structured_output": True}
    capabilities = model_info

    async def create(self, messages, **kwargs):
        usage = RequestUsage(prompt_tokens=1, completion_tokens=1)
        name = "book_table" if called else "find_guest"
        given = '{"guest": "7"}' if called else '{"name": "x"}'
        calls = [FunctionCall(id=name, name=name, arguments=given)]
        return CreateResult(finish_reason="function_calls", content=calls, usage=usage, cached=False)

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


waiter = AssistantAgent(
    "waiter",
    model_client=Scripted(),
    tools=[find_guest, book_table],
    system_message="First call find_guest, then call book_table with the number.",
)


async def main():
    await waiter.run(task="?")
    return called


if __name__ == "__main__":
    print(json.dumps({"called": asyncio.run(main())}))
