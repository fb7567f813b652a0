"""What models are told to answer in, where that is another form than the one that code expects."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wflint.model.contract import Format, FormatExpectation
from wflint.model.patterns import pattern
from wflint.model.prompt import Prompt, TextRole

_FORM = (
    r"(?:bullet(?:ed)?(?: point)?s?|numbered list|paragraphs?|sentences?|prose|plain (?:text|english|words|language)|"
    r"free text|markdown|(?:single|one) word|yes or no|haiku|limerick|rhymes?)\b"
)
_ANSWERING = pattern(
    rf"\b(?:answer|repl(?:y|ies)|respon[ds]|output|return|format)\w*\b.{{0,80}}?\b{_FORM}", re.IGNORECASE
)
_WORDING = pattern(
    rf"\b(?:say|list|write|give|explain|describe|summari[sz]e|sum up|state|judge|tell|present|"
    rf"suggest|recommend|propose|outline)\w*\b.{{0,80}}?"
    rf"\b(?:in|as|with)\s(?:[\w-]+\s){{0,4}}?{_FORM}",
    re.IGNORECASE,
)
_TELLING = pattern(
    r"\b(?:write|compose|draft|tell|craft|narrate|recite)\s+"
    r"(?:(?!(?:of|about|for|from|in|on|to|with|and|or|that|which|user)\b)[\w'-]+,?\s+){1,5}?"
    r"(?:poems?|story|stories|tales?|essays?|letters?|songs?|speech(?:es)?|jokes?|anecdotes?|lullab(?:y|ies))\b",
    re.IGNORECASE,
)
"""What is prose by its kind, whatever the words beside it."""
_DENIED = pattern(r"\b(?:not?|never|without|avoid|instead|rather than)\b|n't\b", re.IGNORECASE)
_ENDING = pattern(
    r"\b(?i:say|answer|repl|respon[ds]|write|output|return|end|finish|add|print)\w*\b.{0,40}?['\"`*]?\b"
    r"(TERMINATED?|FINISH(?:ED)?|DONE|STOP|END|EXIT|QUIT|COMPLETED?|APPROVED?|ACCEPT(?:ED)?|READY|SOLVED|OVER|"
    r"PASS(?:ED)?|FAIL(?:ED)?|REJECT(?:ED)?|RETRY|REVISE|VALID|INVALID|LGTM)\b"
)
"""What a model is told to say at the end, or of what it judges, as people write such words: in capitals."""
_SIGNAL = pattern(
    r"\b(?i:when|once|as soon as|if|after)\b.{0,120}?\b(?i:say|answer|reply|respond|write|output|return"
    r"|end|add|print)\b(?i:\s+(?:with|by saying|the (?:single )?word|only|just|exactly))*\s+['\"`*]*"
    r"(?!(?:JSON|HTML|YAML|TRUE|FALSE|NULL|NONE|CSV|SQL|XML|CODE|TEXT|UTF|HTTPS?|README)\b)"
    r"[A-Z]{4,}(?:_[A-Z]+)*['\"`*]*\s*[.!]?$"
)
"""A word in capitals that ends a sentence, to be said in a certain case and nothing beside it."""
_TOLD = (TextRole.INSTRUCTION, TextRole.RESULT)


def told_otherwise(prompt: Prompt, expectation: FormatExpectation) -> str:
    """The sentence that tells a model to answer in another form than is expected; empty where there is none."""
    return next((sentence for sentence in _sentences(prompt) if _is_other(sentence, expectation)), "")


def _sentences(prompt: Prompt) -> Iterator[str]:
    for text in prompt.texts:
        if text.complete and text.role in _TOLD:
            yield from text.sentences


def _is_other(sentence: str, expectation: FormatExpectation) -> bool:
    if _DENIED.search(sentence):
        return False
    if expectation.format is Format.WORD:
        shouted = bool(expectation.authors) or all(word.isupper() for word in expectation.words)
        return shouted and (_ENDING.search(sentence) is not None or _SIGNAL.search(sentence) is not None)
    return any(asked.search(sentence) for asked in (_ANSWERING, _WORDING, _TELLING))
