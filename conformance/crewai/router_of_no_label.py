"""A router that returns None ends the flow: no listener waits for the text None.

crewai 1.15.30.
"""

import json
import os

from crewai.flow.flow import Flow, listen, router, start

os.environ["CREWAI_TRACING_ENABLED"] = "false"
ran = []



class Write(Flow):
    @start()
    def draft(self):
        ran.append("draft")

    @router(draft)
    def decide(self):
        return None

    @listen("None")
    def stop(self):
        ran.append("stop")


if __name__ == "__main__":
    result = Write().kickoff()
    print(json.dumps({"ran": ran, "result": result}))
