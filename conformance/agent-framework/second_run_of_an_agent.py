"""An agent of a workflow is shown nothing of the run before.

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

clerk = Clerk("clerk")
flow = WorkflowBuilder(start_executor=clerk).build()
if __name__ == "__main__":
    asyncio.run(flow.run("first"))
    asyncio.run(flow.run("second"))
    print(json.dumps({"seen": clerk.seen}))
