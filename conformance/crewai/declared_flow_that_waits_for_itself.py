"""A method of a declared flow cannot listen to its own name.

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
    do: {call: expression, expr: "'a bill'"}
  settle:
    listen: {or: [settle, read]}
    do: {call: expression, expr: outputs.read}
"""


def build():
    return Flow.from_declaration(contents=TEXT)


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except ValueError as error:
        refused = str(error)
    print(json.dumps({"refused": "references the handler name" in refused}))
