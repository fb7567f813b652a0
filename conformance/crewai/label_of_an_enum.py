"""A router may return a member of an Enum: its value is the label.

crewai 1.15.30.
"""

import json
import os
from enum import Enum

from crewai.flow.flow import Flow, listen, router, start

os.environ["CREWAI_TRACING_ENABLED"] = "false"
ran = []



class Way(Enum):
    SHORT = "short"
    LONG = "long"


class Write(Flow):
    @start()
    def draft(self):
        ran.append("draft")

    @router(draft)
    def decide(self):
        return Way.SHORT

    @listen("short")
    def cut(self):
        ran.append("cut")


if __name__ == "__main__":
    result = Write().kickoff()
    print(json.dumps({"ran": ran, "result": result}))
