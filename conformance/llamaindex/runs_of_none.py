"""A workflow allows at least one run at a time.

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
    async def begin(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result="done")


def build():
    return Work(num_concurrent_runs=0)


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
