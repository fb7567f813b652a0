"""A run that is given a start event leaves out what else it is given; a log line is all.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import StartEvent, StopEvent



class Asked(StartEvent):
    topic: str
    style: str = "plain"


class Flow(Workflow):
    @step
    async def write(self, ev: Asked) -> StopEvent:
        return StopEvent(result=f"{ev.topic}, {ev.style}")


async def main():
    return [
        await Flow(timeout=1).run(topic="tea", style="odd"),
        await Flow(timeout=1).run(start_event=Asked(topic="tea"), style="odd"),
    ]


if __name__ == "__main__":
    print(json.dumps({"results": asyncio.run(main())}))
