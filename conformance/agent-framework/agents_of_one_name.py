"""Two agents of a workflow have different names.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from agent_framework import AgentResponse, BaseAgent, Message


class Clerk(BaseAgent):
    def __init__(self, name):
        super().__init__(name=name)
        self.seen = []

    def run(self, messages=None, *, stream=False, session=None, **kwargs):
        self.seen.append([message.text for message in messages])

        async def answer():
            return AgentResponse(messages=[Message(role="assistant", contents=[self.name + " done"])])

        return answer()

def build():
    first, last = Clerk("clerk"), Clerk("clerk")
    return WorkflowBuilder(start_executor=first).add_edge(first, last).build()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
