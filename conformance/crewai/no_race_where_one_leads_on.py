"""A coroutine that another listener waits for as well is not cancelled.

crewai 1.15.30.
"""

import asyncio
import json

from crewai.flow.flow import Flow, listen, or_, start


class Report(Flow):
    suppress_flow_events = True

    @start()
    def begin(self):
        return "go"

    @listen(begin)
    async def figures(self):
        await asyncio.sleep(0.1)
        self.state["figures"] = True

    @listen(begin)
    async def quotes(self):
        await asyncio.sleep(0.5)
        self.state["quotes"] = True

    @listen(or_(figures, quotes))
    def write(self):
        return "written"

    @listen(quotes)
    def keep(self):
        return "kept"


if __name__ == "__main__":
    flow = Report()
    flow.kickoff()
    print(json.dumps({"figures": "figures" in flow.state, "quotes": "quotes" in flow.state}))
