"""Listeners of one method run side by side: of what both set in the state, what is set last is kept.

crewai 1.15.30.
"""

import json
import time

from crewai.flow.flow import Flow, and_, listen, start
from pydantic import BaseModel


class Notes(BaseModel):
    id: str = ""
    title: str = ""


class Report(Flow[Notes]):
    suppress_flow_events = True

    @start()
    def begin(self):
        return "go"

    @listen(begin)
    def left(self):
        time.sleep(0.2)
        self.state.title = "left"

    @listen(begin)
    def right(self):
        self.state.title = "right"

    @listen(and_(left, right))
    def end(self):
        return self.state.title


if __name__ == "__main__":
    print(json.dumps({"title": Report().kickoff()}))
