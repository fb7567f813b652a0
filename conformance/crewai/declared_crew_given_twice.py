"""The crew of a declared flow is written there or loaded, not both.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow

TEXT = """
schema: crewai.flow/v1
name: Post
methods:
  read:
    start: true
    do:
      call: crew
      from_declaration: crews/reading
      with:
        agents: {clerk: {role: Clerk, goal: Read, backstory: Old}}
        tasks: [{name: read, description: Read., expected_output: A text., agent: clerk}]
"""


def build():
    return Flow.from_declaration(contents=TEXT)


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "exactly one of from_declaration or with" in refused}))
