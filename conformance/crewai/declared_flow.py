"""A flow that is written down as data runs like one that is a class.

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
  decide:
    listen: read
    router: true
    emit: [pay, keep]
    do: {call: expression, expr: "outputs.read == 'a bill' ? 'pay' : 'keep'"}
  settle:
    listen: pay
    do: {call: expression, expr: "'paid ' + outputs.read"}
"""

if __name__ == "__main__":
    flow = Flow.from_declaration(contents=TEXT)
    flow.suppress_flow_events = True
    print(json.dumps({"result": flow.kickoff()}))
