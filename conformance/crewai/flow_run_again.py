"""A flow object that is run again keeps the state of its first run.

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
        self.state["words"] = [*self.state.get("words", []), "tea"]
        return list(self.state["words"])


if __name__ == "__main__":
    desk = Desk()
    print(json.dumps({"results": [desk.kickoff(), desk.kickoff()]}))
