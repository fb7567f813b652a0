"""A joiner keeps at least one of what it joins; releases before 3.1 take any number.

haystack-ai 3.4.1.
"""

import json

from haystack import Document, Pipeline, component


def outcome(do):
    try:
        do()
        return ""
    except Exception as error:
        return type(error).__name__


from haystack.components.joiners import DocumentJoiner


@component
class Look:
    @component.output_types(documents=list[Document])
    def run(self, word: str):
        return {"documents": []}


def build():
    pipe = Pipeline()
    pipe.add_component("look", Look())
    pipe.add_component("join", DocumentJoiner(top_k=0))
    pipe.connect("look.documents", "join.documents")


if __name__ == "__main__":
    print(json.dumps({"raised": outcome(build)}))
