"""A router takes all variables of all its routes: it waits for those of a route that is not taken.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

@component
class Say:
    @component.output_types(text=str)
    def run(self, text: str):
        return {"text": text + "!"}

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from haystack.components.routers import ConditionalRouter

ROUTES = [
    {"condition": "{{ n > 3 }}", "output": "{{ big }}", "output_name": "big", "output_type": str},
    {"condition": "{{ True }}", "output": "{{ small }}", "output_name": "small", "output_type": str},
]
pipeline = Pipeline()
pipeline.add_component("router", ConditionalRouter(ROUTES))
pipeline.add_component("say", Say())
pipeline.connect("router.big", "say.text")
if __name__ == "__main__":
    raised, result = outcome(lambda: pipeline.run({"router": {"n": 5, "big": "b"}}))
    print(json.dumps({"raised": raised, "result": result}))
