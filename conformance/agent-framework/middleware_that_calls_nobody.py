"""A middleware that does not call the next one keeps the agent from running: the run gives nothing.

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

from agent_framework import agent_middleware


@agent_middleware
async def guard(context, call_next):
    ran.append("guard")


async def main():
    client = Client("done")
    clerk = Agent(client, name="clerk", middleware=[guard])
    response = await clerk.run("go")
    return [response and response.text, client.asked]


if __name__ == "__main__":
    print(json.dumps({"got": outcome(main), "ran": ran}))
