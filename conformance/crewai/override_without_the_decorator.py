"""A method that overrides a listener without the decorator is no listener: neither of the two runs.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, and_, listen, or_, router, start
from pydantic import BaseModel

ran = []

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

class Work(Flow):
    @start()
    def begin(self):
        return "begun"

    @listen(begin)
    def finish(self):
        ran.append("finish")


class Better(Work):
    def finish(self):
        ran.append("better")


if __name__ == "__main__":
    raised, _ = outcome(Better().kickoff)
    print(json.dumps({"raised": raised, "ran": ran}))
