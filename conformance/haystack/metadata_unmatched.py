"""No rule of a metadata router is called unmatched.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from haystack.components.routers import MetadataRouter

RULES = {
    "old": {"field": "meta.year", "operator": "<", "value": 2000},
    "unmatched": {"field": "meta.year", "operator": ">", "value": 2000},
}


def build():
    pipeline = Pipeline()
    pipeline.add_component("router", MetadataRouter(rules=RULES))
    return pipeline


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)[0]}))
