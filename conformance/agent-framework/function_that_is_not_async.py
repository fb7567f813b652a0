"""A function that is an executor may be a plain one.

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

@executor
def first(text: str) -> None:
    ran.append(text)


ran = []
flow = WorkflowBuilder(start_executor=first).build()
if __name__ == "__main__":
    print(json.dumps({"raised": outcome(lambda: asyncio.run(flow.run("a")))[0], "ran": ran}))
