"""A step takes events, a context and resources: a plain parameter beside them is refused.

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
    @step
    async def find(self, ev: StartEvent, depth: int) -> StopEvent:
        return StopEvent(result=depth)


async def main():
    return await Search(timeout=5).run(topic="tea")


if __name__ == "__main__":
    print(json.dumps({"result": outcome(main)}))
