"""A start that waits for another method never runs: only labels of routers count under @start.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, start

ran = []


class Load(Flow):
    suppress_flow_events = True

    @start()
    def load(self):
        ran.append("load")

    @start(load)
    def resume(self):
        ran.append("resume")


if __name__ == "__main__":
    Load().kickoff()
    print(json.dumps({"ran": ran}))
