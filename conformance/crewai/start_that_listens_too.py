"""A method that is a start and a listener runs at the start, and again when what it listens to is done.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"
from crewai.flow.flow import Flow, listen, start

ran = []


class Desk(Flow):
    @start()
    def read(self):
        ran.append("read")

    @start()
    @listen(read)
    def file(self):
        ran.append("file")


class Other(Flow):
    @start()
    def read(self):
        ran.append("read")

    @listen(read)
    @start()
    def file(self):
        ran.append("file")


if __name__ == "__main__":
    facts = {}
    for flow in (Desk, Other):
        ran.clear()
        try:
            flow().kickoff()
            facts[flow.__name__] = sorted(ran)
        except Exception as error:
            facts[flow.__name__] = repr(error)[:200]
    print(json.dumps(facts))
