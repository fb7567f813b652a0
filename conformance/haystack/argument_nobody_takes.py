"""A pipeline refuses arguments that it does not take.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline
from haystack.components.builders import PromptBuilder


def build():
    pipeline = Pipeline(max_run_per_component=3)
    pipeline.add_component("prompt", PromptBuilder(template="Name {{ birds }}."))
    return pipeline


if __name__ == "__main__":
    try:
        build()
        refused = ""
    except TypeError as error:
        refused = str(error)
    print(json.dumps({"refused": "unexpected keyword argument 'max_run_per_component'" in refused}))
