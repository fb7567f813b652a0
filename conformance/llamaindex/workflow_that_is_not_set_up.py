"""A workflow whose constructor leaves out that of its base cannot be run.

llama-index-workflows 2.26.1.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from workflows import Context, Workflow, step
from workflows.events import Event, HumanResponseEvent, InputRequiredEvent, StartEvent, StopEvent


def outcome(do):
    with ThreadPoolExecutor() as pool:
        done = pool.submit(asyncio.run, do())
        failure = done.exception()
    return [type(failure).__name__, None] if failure else ["", done.result()]


class Search(Workflow):
    def __init__(self, depth):
        self.depth = depth

    @step
    async def find(self, ev: StartEvent) -> StopEvent:
        return StopEvent(result=self.depth)


async def main():
    return await Search(2).run(topic="tea")


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
