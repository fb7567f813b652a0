"""A step may be a plain function.

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

class Work(Workflow):
    @step
    def begin(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result="done")


async def main():
    return await Work(timeout=2).run()


if __name__ == "__main__":
    print(json.dumps({"result": outcome(lambda: asyncio.run(main()))}))
