"""The default outcome of human feedback is one of those that it emits.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, listen, start
from crewai.flow.human_feedback import human_feedback


def build():
    class Review(Flow):
        @start()
        @human_feedback(message="Good?", emit=["yes", "no"], llm="gpt-4o-mini", default_outcome="maybe")
        def read(self):
            return "text"

        @listen("yes")
        def post(self):
            return "posted"

        @listen("no")
        def mend(self):
            return "mended"

    return Review


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "must be one of the emit options" in refused}))
