"""What a step sends before it fails is sent again when it is tried again.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent

ran = []


def outcome(flow, **inputs):
    async def run():
        return await flow.run(**inputs)

    try:
        return "", asyncio.run(run())
    except Exception as error:
        return type(error).__name__, None


from workflows.retry_policy import ConstantDelayRetryPolicy


class Note(Event):
    text: str


class Done(Event):
    pass


class Desk(Workflow):
    @step(retry_policy=ConstantDelayRetryPolicy(maximum_attempts=3, delay=0.1))
    async def write(self, ctx: Context, ev: StartEvent) -> Note | Done:
        ctx.send_event(Note(text="tea"))
        ran.append("write")
        if len([each for each in ran if each == "write"]) < 2:
            raise ValueError("no")
        return Done()

    @step
    async def mail(self, ev: Note) -> None:
        ran.append("mail")

    @step
    async def end(self, ev: Done) -> StopEvent:
        await asyncio.sleep(0.3)
        return StopEvent(result="done")


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(Desk(timeout=3))[0], "mails": ran.count("mail")}))
