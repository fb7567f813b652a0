"""A flow that is persisted goes on with the state of the run whose id it is given.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, start
from crewai.flow.persistence import SQLiteFlowPersistence, persist


@persist(SQLiteFlowPersistence("flows.db"))
class Report(Flow):
    suppress_flow_events = True

    @start()
    def begin(self):
        self.state["count"] = self.state.get("count", 0) + 1
        return self.state["count"]


if __name__ == "__main__":
    first = Report()
    counts = [first.kickoff()]
    counts.append(Report().kickoff(inputs={"id": first.state["id"]}))
    counts.append(Report().kickoff(inputs={"id": "unknown"}))
    counts.append(Report().kickoff())
    print(json.dumps({"counts": counts}))
