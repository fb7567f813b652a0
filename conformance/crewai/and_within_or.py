"""A condition may hold another one: or_ of a label and an and_ runs once both of the and_ are done.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, and_, listen, or_, start


class Report(Flow):
    suppress_flow_events = True
    ran = []

    @start()
    def begin(self):
        return "go"

    @listen(begin)
    def left(self):
        self.ran.append("left")

    @listen(begin)
    def right(self):
        self.ran.append("right")

    @listen(or_("never", and_(left, right)))
    def end(self):
        self.ran.append("end")


if __name__ == "__main__":
    Report().kickoff()
    print(json.dumps({"ran": sorted(Report.ran)}))
