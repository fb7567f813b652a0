"""A router's result becomes a label as a text: True leads to "True".

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
    def check(self):
        return True

    @listen("True")
    def post(self):
        ran.append("post")


if __name__ == "__main__":
    Desk().kickoff()
    print(json.dumps({"ran": ran}))
