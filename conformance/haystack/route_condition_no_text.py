"""The condition of a route is a text: True itself is refused.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from haystack.components.routers import ConditionalRouter

ROUTES = [
    {"condition": "{{ n > 3 }}", "output": "{{ n }}", "output_name": "big", "output_type": int},
    {"condition": True, "output": "{{ n }}", "output_name": "small", "output_type": int},
]


def build():
    pipeline = Pipeline()
    pipeline.add_component("router", ConditionalRouter(ROUTES))
    return pipeline


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
