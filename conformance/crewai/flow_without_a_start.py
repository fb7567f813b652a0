"""A flow without a start does nothing, and nothing is said.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, listen


class Report(Flow):
    suppress_flow_events = True

    @listen("go")
    def write(self):
        return "written"


if __name__ == "__main__":
    raised, result = "", None
    try:
        result = Report().kickoff()
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "result": result}))
