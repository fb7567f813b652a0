"""A run that asks a person goes on where the answer is sent, and the answer needs no producer.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent

ran = []


class Word(Event):
    text: str = ""


class Done(Event):
    text: str = ""


def outcome(make, **inputs):
    async def main():
        return await make().run(**inputs)

    try:
        return "", asyncio.run(main())
    except Exception as error:
        return type(error).__name__, None


class Flow(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> InputRequiredEvent:
        return InputRequiredEvent(prefix="sure?")

    @step
    async def end(self, ev: HumanResponseEvent) -> StopEvent:
        return StopEvent(result=ev.response)


async def main():
    handler = Flow(timeout=5).run()
    async for event in handler.stream_events():
        if isinstance(event, InputRequiredEvent):
            handler.ctx.send_event(HumanResponseEvent(response="yes"))
    return await handler


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
