"""What a method that is no router returns is no label: whoever listens to that text never runs.

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
        return "urgent"

    @listen("urgent")
    def rush(self):
        ran.append("rush")
        return "rushed"

    @listen(read)
    def file(self, word):
        ran.append("file")
        return word


if __name__ == "__main__":
    result = Desk().kickoff()
    print(json.dumps({"ran": sorted(ran), "result": result}))
