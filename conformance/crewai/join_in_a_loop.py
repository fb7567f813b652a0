"""and_() forgets what it has seen once it has fired, so in a loop it waits for both anew.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, and_, listen, or_, router, start

ran = []


class Desk(Flow):
    suppress_flow_events = True

    @start("again")
    def read(self):
        ran.append("read")

    @start()
    def begin(self):
        pass

    @router(begin)
    def go(self):
        return "again"

    @listen(read)
    def left(self):
        pass

    @listen(read)
    def right(self):
        pass

    @listen(and_(left, right))
    def both(self):
        ran.append("both")

    @router(both)
    def check(self):
        return "again" if ran.count("both") < 2 else "done"


if __name__ == "__main__":
    Desk().kickoff()
    print(json.dumps({"ran": ran}))
