"""A label that no method waits for stops nothing where another router waits for the router itself.

crewai 1.15.30.
"""

import json
from typing import Literal

from crewai.flow.flow import Flow, listen, router, start

ran = []


class Desk(Flow):
    @start()
    def read(self):
        ran.append("read")

    @router(read)
    def parse(self) -> Literal["parsed", "broken"]:
        ran.append("parse")
        return "parsed" if ran else "broken"

    @router(parse)
    def sort(self) -> Literal["long"]:
        ran.append("sort")
        return "long"

    @listen("broken")
    def mend(self):
        ran.append("mend")

    @listen("long")
    def cut(self):
        ran.append("cut")


if __name__ == "__main__":
    Desk().kickoff()
    print(json.dumps({"ran": ran}))
