"""A router none of whose conditions holds fails: there is no way that leads nowhere.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline
from haystack.components.routers import ConditionalRouter

routes = [{"condition": "{{ size > 5 }}", "output": "{{ size }}", "output_name": "big", "output_type": int}]
pipeline = Pipeline()
pipeline.add_component("sort", ConditionalRouter(routes))
if __name__ == "__main__":
    try:
        pipeline.run({"sort": {"size": 1}})
        failed = ""
    except Exception as error:
        failed = type(error).__name__
    print(json.dumps({"failed": failed, "big": pipeline.run({"sort": {"size": 9}})}))
