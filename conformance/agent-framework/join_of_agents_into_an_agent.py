"""A join of agents hands on a list of their answers, which no agent takes: the workflow does not build.

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
    begin, left, right, last = (Clerk(name) for name in ("begin", "left", "right", "last"))
    builder = WorkflowBuilder(start_executor=begin).add_fan_out_edges(begin, [left, right])
    return builder.add_fan_in_edges([left, right], last).build()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
