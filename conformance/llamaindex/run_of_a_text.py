"""A run takes its input by name: a text by itself is refused.

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
    async def look(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=ev.text)


async def main():
    try:
        return await Mail(timeout=3).run("tea")
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"outcome": asyncio.run(main())}))
