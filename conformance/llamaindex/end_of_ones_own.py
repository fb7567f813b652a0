"""A workflow that ends with an event of its own gives that event, not its result.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Context, Workflow, step
from workflows.events import Event, StartEvent, StopEvent


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

class Done(StopEvent):
    text: str = ""


class Work(Workflow):
    @step
    async def begin(self, ev: StartEvent) -> Done:
        return Done(text="done")


async def main():
    return type(await Work(timeout=2).run()).__name__


if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: asyncio.run(main()))}))
