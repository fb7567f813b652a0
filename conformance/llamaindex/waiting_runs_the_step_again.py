"""wait_for_event runs the step again from its top once the event is there.

llama-index-workflows 2.26.1.
"""

import asyncio
import json
import smtplib
from unittest.mock import patch

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


ran = []


class A(Event):
    pass


class B(Event):
    pass


class Mailbox:
    def __init__(self, host):
        self.host = host

    def send_message(self, message):
        ran.append("mail")


class Flow(Workflow):
    @step
    async def begin(self, ctx: Context, ev: StartEvent) -> StopEvent:
        ran.append("top")
        smtplib.SMTP("mail.test").send_message("It begins.")
        answer = await ctx.wait_for_event(HumanResponseEvent, waiter_event=InputRequiredEvent(prefix="Who?"))
        return StopEvent(result=answer.response)


async def main():
    handler = Flow().run()
    async for event in handler.stream_events():
        if isinstance(event, InputRequiredEvent):
            handler.ctx.send_event(HumanResponseEvent(response="me"))
    return await handler


if __name__ == "__main__":
    with patch("smtplib.SMTP", Mailbox):
        result = asyncio.run(main())
    print(json.dumps({"ran": ran, "result": result}))
