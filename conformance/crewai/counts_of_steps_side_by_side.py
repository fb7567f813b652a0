"""Listeners of one method that are plain functions run side by side: of a count that both raise one is lost.

crewai 1.15.30.
"""

import json
import time

from crewai.flow.flow import Flow, listen, start


class Report(Flow):
    suppress_flow_events = True

    @start()
    def begin(self):
        self.state["count"] = 0

    @listen(begin)
    def left(self):
        count = self.state["count"]
        time.sleep(0.3)
        self.state["count"] = count + 1

    @listen(begin)
    def right(self):
        count = self.state["count"]
        time.sleep(0.3)
        self.state["count"] = count + 1


if __name__ == "__main__":
    flow = Report()
    flow.kickoff()
    print(json.dumps({"count": flow.state["count"]}))
