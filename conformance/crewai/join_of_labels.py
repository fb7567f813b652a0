"""and_() of two labels of one router waits in vain: a router gives one of them.

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

    @listen(and_("left", "right"))
    def both(self):
        ran.append("both")


if __name__ == "__main__":
    Work().kickoff()
    print(json.dumps({"ran": ran}))
