"""A policy of three attempts makes three attempts in all.

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


from workflows.retry_policy import ConstantDelayRetryPolicy

ran = []


class Mail(Workflow):
    @step(retry_policy=ConstantDelayRetryPolicy(maximum_attempts=3, delay=0))
    async def look(self, ev: StartEvent) -> StopEvent:
        ran.append("look")
        raise ValueError("closed")


if __name__ == "__main__":
    outcome_of = asyncio.run(outcome(Mail))
    print(json.dumps({"outcome": outcome_of, "ran": len(ran)}))
