"""An agent with the context of the last agent sees its answer only.

agent-framework-core 1.23.0.
"""

import asyncio
import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, executor, handler

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

from agent_framework import AgentExecutor

first, second = Clerk("first"), Clerk("second")
clerk = Clerk("last")
last = AgentExecutor(clerk, context_mode="last_agent")
flow = WorkflowBuilder(start_executor=first).add_chain([first, second, last]).build()
if __name__ == "__main__":
    asyncio.run(flow.run("begin"))
    print(json.dumps({"seen": clerk.seen}))
