"""An expression that asks for the result of a method which is not there fails the run.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow

TEXT = """
schema: crewai.flow/v1
name: Post
state:
  type: dict
  default: {letter: a bill}
methods:
  read:
    start: true
    do: {call: expression, expr: state.letter}
  settle:
    listen: read
    do: {call: expression, expr: "'paid ' + outputs.reed"}
"""

if __name__ == "__main__":
    flow = Flow.from_declaration(contents=TEXT)
    flow.suppress_flow_events = True
    try:
        flow.kickoff()
        raised = False
    except Exception:
        raised = True
    print(json.dumps({"raised": raised}))
