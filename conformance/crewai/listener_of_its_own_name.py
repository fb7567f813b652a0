"""A method cannot listen to a label of its own name.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, listen, router, start


class Review(Flow):
    suppress_flow_events = True

    @start()
    def read(self):
        return "text"

    @router(read)
    def decide(self):
        return "approved"

    @listen("approved")
    def approved(self):
        return "done"


if __name__ == "__main__":
    try:
        Review().kickoff()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "references the handler name" in refused}))
