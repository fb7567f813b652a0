"""An agent that has to call a tool may answer after the first one: the choice is reset.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import (
    Agent,
    AgentContext,
    AgentMiddleware,
    BaseChatClient,
    ChatContext,
    ChatResponse,
    Content,
    Executor,
    FunctionInvocationContext,
    FunctionInvocationLayer,
    FunctionMiddleware,
    Message,
    WorkflowBuilder,
    WorkflowContext,
    executor,
    handler,
    tool,
)
from typing_extensions import Never

ran = []


def outcome(do):
    try:
        return ["", asyncio.run(do())]
    except Exception as error:
        return [type(error).__name__, None]


class Client(FunctionInvocationLayer, BaseChatClient):
    def __init__(self, *answers):
        super().__init__()
        self.answers = list(answers)
        self.asked = 0
        self.told = []

    def _inner_get_response(self, *, messages, stream=False, options=None, **kwargs):
        self.asked += 1
        self.told.append([each.text for each in messages if each.text])
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        parts = answer if isinstance(answer, list) else [answer]

        async def give():
            return ChatResponse(messages=[Message(role="assistant", contents=[made(n, part) for n, part in enumerate(parts)])])

        return give()


def made(n, part):
    if isinstance(part, str):
        return Content.from_text(part)
    return Content.from_function_call(call_id=f"{part[0]}{n}{len(ran)}", name=part[0], arguments=part[1])


choices = []


class Seeing(Client):
    def _inner_get_response(self, *, messages, stream=False, options=None, **kwargs):
        choice = (options or {}).get("tool_choice")
        choices.append(choice["mode"] if isinstance(choice, dict) else choice)
        return super()._inner_get_response(messages=messages, stream=stream, options=options, **kwargs)


@tool
def look(word: str) -> str:
    """Look a word up."""
    ran.append(word)
    return word


async def main():
    client = Seeing(("look", {"word": "x"}), "done")
    clerk = Agent(client, name="clerk", tools=[look], default_options={"tool_choice": "required"})
    return (await clerk.run("go")).text


if __name__ == "__main__":
    print(json.dumps({"outcome": outcome(main), "choices": choices, "ran": ran}))
