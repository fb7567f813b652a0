"""A listener of and_() is given the result of the method that was done last.

crewai 1.15.30.
"""

import asyncio
import json

from crewai.flow.flow import Flow, and_, listen, start


class Desk(Flow):
    suppress_flow_events = True

    @start()
    async def slow(self):
        await asyncio.sleep(0.3)
        return "slow"

    @start()
    async def quick(self):
        return "quick"

    @listen(and_(quick, slow))
    def gather(self, given):
        return given


if __name__ == "__main__":
    print(json.dumps({"given": Desk().kickoff()}))
