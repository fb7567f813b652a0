"""The result of a flow is that of the method which is done last, whichever that is.

crewai 1.15.30.
"""

import asyncio
import json

from crewai.flow.flow import Flow, listen, start


class Report(Flow):
    suppress_flow_events = True

    @start()
    def begin(self):
        return "go"

    @listen(begin)
    async def write(self):
        await asyncio.sleep(0.1)
        return {"text": "the report"}

    @listen(begin)
    async def log(self):
        await asyncio.sleep(0.4)
        return "logged"


if __name__ == "__main__":
    print(json.dumps({"result": Report().kickoff()}))
