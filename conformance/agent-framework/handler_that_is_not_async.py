"""A handler that is not async fails the run once it is done.

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

ran = []


class First(Executor):
    @handler
    def take(self, text: str, ctx: WorkflowContext[str, str]) -> None:
        ran.append(text)


flow = WorkflowBuilder(start_executor=First(id="first")).build()
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(flow.run("a")))[0], "ran": ran}))
