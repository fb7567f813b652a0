"""A step that is async may run another flow by its plain kickoff.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow, start


class Inner(Flow):
    suppress_flow_events = True

    @start()
    def begin(self):
        return "inner"


class Outer(Flow):
    suppress_flow_events = True

    @start()
    async def begin(self):
        return Inner().kickoff()


if __name__ == "__main__":
    raised, result = "", None
    try:
        result = Outer().kickoff()
    except Exception as error:
        raised = type(error).__name__
    print(json.dumps({"raised": raised, "result": str(result)}))
