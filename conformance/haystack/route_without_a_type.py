"""A route of a router that says no output type is refused.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline
from haystack.components.routers import ConditionalRouter

routes = [
    {"condition": "{{ size > 5 }}", "output": "{{ size }}", "output_name": "big"},
    {"condition": "{{ size <= 5 }}", "output": "{{ size }}", "output_name": "small", "output_type": int},
]
pipeline = Pipeline()
try:
    pipeline.add_component("sort", ConditionalRouter(routes))
    refused = ""
except ValueError as error:
    refused = str(error).partition(":")[0]
if __name__ == "__main__":
    print(json.dumps({"refused": refused}))
