"""A flow that goes round ends once a run has called one method a hundred times.

crewai 1.15.30; releases before 1.10 have no such limit, so the program stops by itself there.
"""

import json

from crewai.flow.flow import Flow, listen, or_, router, start

ran = []


class Desk(Flow):
    suppress_flow_events = True

    @start()
    def read(self):
        return "text"

    @listen(or_(read, "again"))
    def write(self):
        ran.append("write")
        if len(ran) == 150:
            raise ValueError("enough")

    @router(write)
    def judge(self):
        return "again"


def main():
    try:
        Desk().kickoff()
    except (RecursionError, ValueError) as error:
        return {"ended": type(error).__name__, "ran": len(ran)}


if __name__ == "__main__":
    print(json.dumps(main()))
