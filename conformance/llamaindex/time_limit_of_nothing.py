"""A time limit of 0 is no limit left out: the run is over at once.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import StartEvent, StopEvent



class Flow(Workflow):
    @step
    async def write(self, ev: StartEvent) -> StopEvent:
        await asyncio.sleep(0.05)
        return StopEvent(result="done")


async def main():
    ended = []
    for limit in (0, None):
        try:
            ended.append(await Flow(timeout=limit).run())
        except Exception as error:
            ended.append(type(error).__name__)
    return ended


if __name__ == "__main__":
    print(json.dumps({"ended": asyncio.run(main())}))
