"""A run ends by its own time, however long a step of it allows for an answer.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import HumanResponseEvent, StartEvent, StopEvent


class Leave(Workflow):
    @step
    async def ask(self, ctx: Context, ev: StartEvent) -> StopEvent:
        answer = await ctx.wait_for_event(HumanResponseEvent, timeout=60)
        return StopEvent(result=answer.response)


async def main():
    try:
        return await Leave(timeout=0.5).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
