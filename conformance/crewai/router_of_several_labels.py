"""A router that returns a list of labels leads to none of them, and the flow ends without a word.

crewai 1.15.30.
"""

import json
import os

from crewai.flow.flow import Flow, listen, router, start

os.environ["CREWAI_TRACING_ENABLED"] = "false"
ran = []



class Write(Flow):
    @start()
    def draft(self):
        ran.append("draft")

    @router(draft)
    def decide(self):
        return ["print", "send"]

    @listen("print")
    def put_on_paper(self):
        ran.append("print")

    @listen("send")
    def put_in_the_mail(self):
        ran.append("send")


if __name__ == "__main__":
    result = Write().kickoff()
    print(json.dumps({"ran": ran, "result": result}))
