"""An agent that is sent a text by a step in between sees that text only, none of what was said before.

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

first, last = Clerk("first"), Clerk("last")


@executor
async def between(answer: object, ctx: WorkflowContext[str]) -> None:
    await ctx.send_message("go on")


flow = WorkflowBuilder(start_executor=first).add_chain([first, between, last]).build()
if __name__ == "__main__":
    asyncio.run(flow.run("begin"))
    print(json.dumps({"seen": last.seen}))
