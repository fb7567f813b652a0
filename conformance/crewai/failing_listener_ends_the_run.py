"""A listener that raises ends the run, whatever other listeners do.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, listen, start

ran = []


class Desk(Flow):
    suppress_flow_events = True

    @start()
    def read(self):
        return "text"

    @listen(read)
    def fail(self):
        raise OSError("no paper")

    @listen(read)
    async def after(self):
        ran.append("after")

    @listen(after)
    async def later(self):
        ran.append("later")


if __name__ == "__main__":
    try:
        Desk().kickoff()
        raised = ""
    except OSError as error:
        raised = str(error)
    print(json.dumps({"raised": raised}))
