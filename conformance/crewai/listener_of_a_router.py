"""A listener of a router itself runs whatever the label is, and is given the label.

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

    @router(read)
    def sort(self):
        return "long"

    @listen(sort)
    def note(self, label):
        self.state["noted"] = label

    @listen("long")
    def cut(self):
        self.state["cut"] = True


if __name__ == "__main__":
    desk = Desk()
    desk.kickoff()
    print(json.dumps({"noted": desk.state.get("noted"), "cut": desk.state.get("cut")}))
