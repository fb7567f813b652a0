"""A default outcome of human feedback needs outcomes that it emits.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, listen, start
from crewai.flow.human_feedback import human_feedback


def build():
    class Review(Flow):
        @start()
        @human_feedback(message="Good?", default_outcome="no")
        def read(self):
            return "text"

        @listen(read)
        def post(self):
            return "posted"

    return Review


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "requires emit to be specified" in refused}))
