"""A listener of or_() is part of what the first one does: when the second one is done meanwhile, nothing comes of it.

crewai 1.15.30.
"""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from crewai.flow.flow import Flow, listen, or_, router, start
from pydantic import BaseModel


def raised(do):
    with ThreadPoolExecutor() as pool:
        failure = pool.submit(do).exception()
    return type(failure).__name__ if failure else ""


import time

ran = []


class Desk(Flow):
    @start()
    def begin(self):
        return 1

    @listen(begin)
    def quick(self):
        ran.append("quick")

    @listen(begin)
    def slow(self):
        time.sleep(0.3)
        ran.append("slow")

    @listen(or_(quick, slow))
    async def publish(self):
        ran.append("publish begins")
        await asyncio.sleep(0.6)
        ran.append("publish ends")
        return "published"

    @listen(publish)
    def tell(self):
        ran.append("tell")


if __name__ == "__main__":
    result = Desk(suppress_flow_events=True).kickoff()
    print(json.dumps({"ran": ran, "result": result}))
