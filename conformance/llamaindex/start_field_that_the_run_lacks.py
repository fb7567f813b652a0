"""A run that does not pass a field which its start event requires is refused.

llama-index-workflows 2.26.1.
"""

import asyncio
import json

from workflows import Workflow, step
from workflows.events import StartEvent, StopEvent



class Asked(StartEvent):
    topic: str


class Flow(Workflow):
    @step
    async def write(self, ev: Asked) -> StopEvent:
        return StopEvent(result=ev.topic)


async def main():
    try:
        return await Flow(timeout=1).run()
    except Exception as error:
        return type(error).__name__


if __name__ == "__main__":
    print(json.dumps({"result": asyncio.run(main())}))
