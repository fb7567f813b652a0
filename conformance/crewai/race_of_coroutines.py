"""Coroutines that lead to one or_() listener only race: the first cancels the others, whose writes never come.

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
        await asyncio.sleep(2)
        self.state["quotes"] = True

    @listen(or_(figures, quotes))
    def write(self):
        return "written"


if __name__ == "__main__":
    flow = Report()
    result = flow.kickoff()
    print(json.dumps({"result": result, "figures": "figures" in flow.state, "quotes": "quotes" in flow.state}))
