"""Inputs that do not fit the class of the state fail the run.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, start
from pydantic import BaseModel


class State(BaseModel):
    id: str = ""
    count: int = 0


class Report(Flow[State]):
    suppress_flow_events = True

    @start()
    def begin(self):
        return self.state.count


if __name__ == "__main__":
    raised = ""
    try:
        Report().kickoff(inputs={"count": "many"})
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised}))
