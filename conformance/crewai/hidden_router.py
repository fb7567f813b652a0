"""Of two routers after one step, only the label of the last one starts a further router; listeners of both run.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, listen, router, start

ran = []


class Desk(Flow):
    suppress_flow_events = True

    @start()
    def read(self):
        return "text"

    @router(read)
    def tone(self):
        return "angry"

    @router(read)
    def topic(self):
        return "bill"

    @router("angry")
    def soothe(self):
        ran.append("soothe")
        return "sorry"

    @listen("sorry")
    def apologise(self):
        ran.append("apologise")

    @listen("angry")
    def note(self):
        ran.append("note")

    @listen("bill")
    def explain(self):
        ran.append("explain")


if __name__ == "__main__":
    Desk().kickoff()
    print(json.dumps({"ran": sorted(ran)}))
