"""A listener of or_() of a method and a label runs again each time that the label comes round.

crewai 1.15.30.
"""

import json
import os

from crewai.flow.flow import Flow, listen, or_, router, start

os.environ["CREWAI_TRACING_ENABLED"] = "false"
ran = []



class Write(Flow):
    rounds = 0

    @start()
    def draft(self):
        ran.append("draft")

    @listen(or_(draft, "again"))
    def polish(self):
        ran.append("polish")

    @router(polish)
    def judge(self):
        self.rounds += 1
        ran.append("judge")
        return "again" if self.rounds < 3 else "done"

    @listen("done")
    def send(self):
        ran.append("send")


if __name__ == "__main__":
    result = Write().kickoff()
    print(json.dumps({"ran": ran, "result": result}))
