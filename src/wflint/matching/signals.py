"""Signals: what speaks for or against a match, each a named feature with a strength and a sentence."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Self

from msgspec import Struct


class Side(Enum):
    """What a feature may speak for, whatever the examples say."""

    FOR = 1
    """A match."""
    AGAINST = -1
    """No match."""


class Feature(StrEnum):
    """A feature: its name, the side it speaks for, and what it says of a pair that has it in full."""

    side: Side
    sentence: str

    def __new__(cls, name: str, side: Side, sentence: str) -> Self:
        """A member of that name."""
        member = str.__new__(cls, name)
        member._value_ = name
        member.side = side
        member.sentence = sentence
        return member


class Signal(Struct, frozen=True):
    """A feature of a pair: `strength` from 0 (not there) to 1, `text` what a reader is told."""

    feature: Feature
    strength: float
    text: str


class FieldFeature(Feature):
    """What can be said about an offered field and a needed one."""

    TEXT_SIMILARITY = "text-similarity", Side.FOR, "Names and descriptions together mean nearly the same."
    QUALIFIED = (
        "qualified",
        Side.FOR,
        "One name is the other with words before it, or with words after it that change nothing.",
    )
    EXTENDED = "extended", Side.AGAINST, "One name is the other with words after it that make it another thing."
    NEED_EXPLAINED = "need-explained", Side.FOR, "All that the need's name says is said of the offer."
    SYNONYMS = (
        "synonyms",
        Side.FOR,
        "Workflows use words of the names for one and the same thing; the same name is that, too.",
    )
    SAME_TYPE = "same-type", Side.FOR, "Both declare one and the same telling type."
    TYPE_CLASH = "type-clash", Side.AGAINST, "No plain cast leads from one type to the other."
    CARDINALITY = "cardinality", Side.AGAINST, "One is a list and the other a single item."
    PLURAL = "plural", Side.AGAINST, "One name is a plural and the other is not."
    OPPOSITE_NAMES = "opposite-names", Side.AGAINST, "The names hold words that exclude each other."
    OTHER_ROLE = "other-role", Side.AGAINST, "The names speak of different stages, parts or people."
    OPPOSITE_TEXTS = "opposite-texts", Side.AGAINST, "The descriptions hold words that exclude each other."
    NEGATION = "negation", Side.AGAINST, "One is the negation of the other."
    OTHER_ASPECT = "other-aspect", Side.AGAINST, "The names speak of different aspects of a thing."
    ONE_ASPECT = "one-aspect", Side.AGAINST, "One is the thing, the other an aspect of it."
    OTHER_OWNER = "other-owner", Side.AGAINST, "The names share an aspect, of different things."
    OTHER_OBJECT = "other-object", Side.AGAINST, "The names share a word and differ in another that matters."
    LEFTOVER = "leftover", Side.AGAINST, "One name has a word that nothing on the other side accounts for."
    HOMONYM = "homonym", Side.AGAINST, "The names agree, but the descriptions speak of different things."
    OTHER_DESCRIPTION = "other-description", Side.AGAINST, "The descriptions have little in common."
    DIVERGING = "diverging", Side.AGAINST, "Both descriptions have words that the other side does not account for."
    SUBSTITUTED = "substituted", Side.AGAINST, "The descriptions are alike but for a word, and that word matters."
    UNRELATED = "unrelated", Side.AGAINST, "Nothing in either text comes near the other."


class StepFeature(Feature):
    """What can be said about two steps."""

    WHOLE_SIMILARITY = (
        "whole-similarity",
        Side.FOR,
        "Name, description, tools and fields together mean nearly the same.",
    )
    SAME_DOC = "same-doc", Side.FOR, "The descriptions are the same, word for word."
    DOC_OVERLAP = "doc-overlap", Side.FOR, "Each word of either description has its counterpart in the other."
    INPUTS = "inputs", Side.FOR, "They take the same."
    OUTPUTS = "outputs", Side.FOR, "They give the same."
    SAME_TYPES = "same-types", Side.FOR, "What they give has the same types."
    TOOLS = "tools", Side.FOR, "They share tools."
    OTHER_OUTPUTS = "other-outputs", Side.AGAINST, "What they give differs."
    SUBSTITUTED = "substituted", Side.AGAINST, "The texts are alike but for a word, and that word matters."
    OPPOSITES = "opposites", Side.AGAINST, "The texts hold words that exclude each other."
    OPPOSITE_FIELDS = "opposite-fields", Side.AGAINST, "The fields hold words that exclude each other."
    NEGATION = "negation", Side.AGAINST, "One text negates and the other does not."
    NUMBERS = "numbers", Side.AGAINST, "The texts hold different numbers."
    OTHER_WORK = "other-work", Side.AGAINST, "What is done are known to be different kinds of work."
    OTHER_ROLE = "other-role", Side.AGAINST, "The names speak of different stages, parts or people."
    OTHER_OBJECT = "other-object", Side.AGAINST, "The texts share most of their words and differ in one that matters."
    LEFTOVER = "leftover", Side.AGAINST, "One text has a word that nothing on the other side accounts for."
    HOMONYM = "homonym", Side.AGAINST, "The names agree, but the descriptions speak of different work."
