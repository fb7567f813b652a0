"""Inputs of a run that the class of the state does not declare are dropped.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, start
from pydantic import BaseModel


class Letter(BaseModel):
    topic: str = ""


class Desk(Flow[Letter]):
    suppress_flow_events = True

    @start()
    def read(self):
        return sorted(self.state.model_dump())


if __name__ == "__main__":
    fields = Desk().kickoff(inputs={"topic": "rain", "tone": "kind"})
    print(json.dumps({"fields": fields}))
