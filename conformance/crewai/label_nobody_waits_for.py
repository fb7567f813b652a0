"""A flow stops, without a word, where its router returns a label that no method waits for.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, listen, router, start

ran = []


class Desk(Flow):
    suppress_flow_events = True

    @start()
    def read(self):
        ran.append("read")
        return "short"

    @router(read)
    def judge(self, text):
        ran.append("judge")
        return "publish" if len(text) > 9 else "revise"

    @listen("publish")
    def put_out(self):
        ran.append("put_out")


if __name__ == "__main__":
    result = Desk().kickoff()
    print(json.dumps({"ran": ran, "result": result}))
