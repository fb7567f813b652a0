"""The names of a declared flow's methods are identifiers.

crewai 1.15.30.
"""

import json

from crewai.flow.flow import Flow

TEXT = """
schema: crewai.flow/v1
name: Post
methods:
  read-it:
    start: true
    do: {call: expression, expr: "'a bill'"}
"""


def build():
    return Flow.from_declaration(contents=TEXT)


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "Flow method names must match" in refused}))
