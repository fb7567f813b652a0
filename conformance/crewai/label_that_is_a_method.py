"""A router's label that is a method's name sets off who listens to that method, which does not run.

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
        return "post"

    @listen("keep")
    def post(self):
        ran.append("post")

    @listen(post)
    def note(self):
        ran.append("note")


if __name__ == "__main__":
    Desk().kickoff()
    print(json.dumps({"ran": ran}))
