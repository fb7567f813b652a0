"""A start that is written without its brackets is none: the class fails to work.

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
    @start
    def begin(self):
        return "tea"

    @listen(begin)
    def serve(self, what):
        return what + " served"


def main():
    return Desk().kickoff()


if __name__ == "__main__":
    print(json.dumps({"raised": raised(main), "got": None if raised(main) else str(main())}))
