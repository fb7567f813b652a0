"""A router's optional variable may be left out: it is None.

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
    {"condition": "{{ kind == 'loud' }}", "output": "{{ text }}", "output_name": "loud", "output_type": str},
    {"condition": "{{ True }}", "output": "{{ text }}", "output_name": "plain", "output_type": str},
]
pipeline = Pipeline()
pipeline.add_component("router", ConditionalRouter(ROUTES, optional_variables=["kind"]))
pipeline.add_component("say", Say())
pipeline.connect("router.plain", "say.text")
if __name__ == "__main__":
    raised, result = outcome(lambda: pipeline.run({"router": {"text": "b"}}))
    print(json.dumps({"raised": raised, "result": result}))
