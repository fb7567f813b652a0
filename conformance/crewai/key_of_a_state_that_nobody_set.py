"""A flow without a class of its state keeps a dict: a key that nobody has set fails the method that reads it.

crewai 1.15.30.
"""

import json
import os

os.environ["CREWAI_TRACING_ENABLED"] = "false"
from crewai.flow.flow import Flow, listen, start


class Desk(Flow):
    @start()
    def read(self):
        self.state["text"] = "tea"

    @listen(read)
    def post(self):
        return self.state["text"] + self.state["address"]


if __name__ == "__main__":
    try:
        Desk().kickoff()
        raised = ""
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
