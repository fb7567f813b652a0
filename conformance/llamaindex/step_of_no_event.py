"""A step takes an event.

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

def build():
    class Work(Workflow):
        @step
        async def begin(self, ev: StartEvent) -> StopEvent:
            return StopEvent(result="done")

        @step
        async def look(self, text: str) -> StopEvent:
            return StopEvent(result=text)

    return Work()


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
