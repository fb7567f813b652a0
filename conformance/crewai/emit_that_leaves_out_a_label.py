"""A router may return a label that it does not announce; whoever listens to it runs.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, and_, listen, or_, router, start


def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None



class Desk(Flow):
    @start()
    def read(self):
        return "text"

    @router(read, emit=["short"])
    def sort(self):
        return "long"

    @listen("short")
    def keep(self):
        self.state["kept"] = True

    @listen("long")
    def cut(self):
        self.state["cut"] = True


if __name__ == "__main__":
    desk = Desk()
    desk.kickoff()
    print(json.dumps({"kept": desk.state.get("kept"), "cut": desk.state.get("cut")}))
