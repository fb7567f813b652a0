"""The state of a flow that is a model has attributes: it is not read by keys.

crewai 1.15.30.
"""

import json
from concurrent.futures import ThreadPoolExecutor

from crewai.flow.flow import Flow, listen, or_, router, start
from pydantic import BaseModel


def raised(do):
    with ThreadPoolExecutor() as pool:
        failure = pool.submit(do).exception()
    return type(failure).__name__ if failure else ""


class Order(BaseModel):
    topic: str = ""


class Desk(Flow[Order]):
    @start()
    def begin(self):
        self.state.topic = "tea"

    @listen(begin)
    def serve(self):
        return self.state["topic"] + " served"


def main():
    return Desk().kickoff()


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main), "got": None if raised(main) else str(main())}))
