"""and_() of a method that a router leaves out never fires, and nothing is said.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, and_, listen, or_, router, start
from pydantic import BaseModel

ran = []

class Work(Flow):
    @start()
    def begin(self):
        return "begun"

    @router(begin)
    def decide(self):
        return "left"

    @listen("left")
    def write(self):
        return "l"

    @listen("right")
    def sing(self):
        return "r"

    @listen(and_(write, sing))
    def both(self):
        ran.append("both")


if __name__ == "__main__":
    Work().kickoff()
    print(json.dumps({"ran": ran}))
