"""A flow whose constructor leaves out that of its base has no state: the run fails.

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


class Desk(Flow):
    def __init__(self, topic):
        self.topic = topic

    @start()
    def begin(self):
        self.state["text"] = self.topic


def main():
    return Desk("tea").kickoff()


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main)}))
