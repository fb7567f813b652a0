"""A step that catches all exceptions around a wait never waits: it catches the wait.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


async def outcome(make, **given):
    try:
        return await make(timeout=3).run(**given)
    except Exception as error:
        return type(error).__name__



class Mail(Workflow):
    @step
    async def ask(self, ev: StartEvent, ctx: Context) -> StopEvent:
        try:
            answer = await ctx.wait_for_event(HumanResponseEvent)
        except Exception as error:
            return StopEvent(result=type(error).__name__)
        return StopEvent(result=answer.response)


async def main():
    handler = Mail(timeout=3).run()
    await asyncio.sleep(0.2)
    handler.ctx.send_event(HumanResponseEvent(response="yes"))
    return await handler


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
