"""A prompt builder that is told its variables takes those only: others in its text are empty.

haystack-ai 3.4.1.
"""

import json

from haystack import Pipeline, component

def outcome(do):
    try:
        return "", do()
    except Exception as error:
        return type(error).__name__, None

from haystack.components.builders import PromptBuilder

pipeline = Pipeline()
pipeline.add_component("prompt", PromptBuilder("About {{ topic }} in {{ style }}", variables=["topic"]))
if __name__ == "__main__":
    raised, result = outcome(lambda: pipeline.run({"prompt": {"topic": "tea"}}))
    print(json.dumps({"raised": raised, "result": result}))
