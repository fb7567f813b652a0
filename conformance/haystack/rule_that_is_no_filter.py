"""A rule of a router by metadata is a filter with an operator.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


from haystack.components.routers import MetadataRouter


def build():
    pipe = Pipeline()
    pipe.add_component("route", MetadataRouter(rules={"en": {"field": "meta.lang", "value": "en"}}))


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)}))
