"""A builder refuses arguments that it does not take.

agent-framework-core 1.23.0.
"""

import json

from agent_framework import Executor, WorkflowBuilder, WorkflowContext, handler


class Echo(Executor):
    @handler
    async def say(self, text: str, context: WorkflowContext[str, str]) -> None:
        await context.yield_output(text)


def build():
    return WorkflowBuilder(start_executor=Echo(id="echo"), max_iteration=3).build()


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except TypeError as error:
        refused = str(error)
    print(json.dumps({"refused": "unexpected keyword argument 'max_iteration'" in refused}))
