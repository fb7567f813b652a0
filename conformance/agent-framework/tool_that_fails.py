"""A tool that raises ends nothing: the model is told of some error.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Agent, Executor, WorkflowBuilder, WorkflowContext, executor, handler, tool
from agent_framework import AgentResponse, BaseAgent, BaseChatClient, ChatResponse, Content, FunctionInvocationLayer, Message
from typing_extensions import Never

ran = []


def outcome(do):
    try:
        return "", asyncio.run(do())
    except Exception as error:
        return type(error).__name__, None


class Client(FunctionInvocationLayer, BaseChatClient):
    def __init__(self, *answers):
        super().__init__()
        self.answers = list(answers)
        self.asked = 0

    def _inner_get_response(self, *, messages, stream=False, options=None, **kwargs):
        self.asked += 1
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

        async def give():
            content = answer if isinstance(answer, str) else Content.from_function_call(call_id=str(self.asked), name=answer[0], arguments=answer[1])
            return ChatResponse(messages=[Message(role="assistant", contents=[content])])

        return give()



@tool
def look(name: str) -> str:
    """Looks it up."""
    raise ValueError("closed")


async def main():
    client = Client(("look", {"name": "tea"}), "done")
    clerk = Agent(client, name="clerk", tools=[look])
    response = await clerk.run("go")
    return [response.text, client.asked]


if __name__ == "__main__":
    print(json.dumps({"got": outcome(main)}))
