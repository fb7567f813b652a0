"""Says the same in other words, by rules: synonyms, order of clauses and sentences, politeness, lists and prose.

Deterministic by its seed. Placeholders, code and names of fields stay as they are. The lists are written for this
program alone: they are no part of what the matcher knows.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

SYNONYMS = """
find: locate, look up | search: look, hunt | gather: collect, assemble | collect: gather, bring together
analyze: examine, study | analyse: examine, study | examine: inspect, study | identify: pinpoint, spot
create: produce, make | write: compose, draft | generate: produce, create | produce: make, generate
summarize: condense, sum up | summarise: condense, sum up | review: go over, inspect | check: verify, inspect
verify: confirm, check | evaluate: assess, rate | assess: evaluate, judge | improve: enhance, better
provide: give, supply | give: provide, supply | return: give back, output | respond: reply, answer | answer: reply to
explain: describe, make clear | describe: explain, depict | ensure: make sure, see to it that | include: contain, add
list: enumerate, name | suggest: propose, recommend | recommend: suggest, advise | propose: suggest, put forward
extract: pull out, take out | classify: categorize, sort | categorize: classify, sort | decide: determine, settle
determine: decide, find out | select: choose, pick | choose: select, pick | compare: contrast, weigh
handle: deal with, take care of | process: handle, work through | help: assist, support | assist: help, support
use: employ, make use of | consider: take into account, think about | focus: concentrate, centre | avoid: refrain from
translate: render | develop: work out, build | design: devise, plan | plan: lay out, devise | research: investigate
investigate: look into, research | monitor: watch, keep an eye on | highlight: point out, stress | combine: merge, join
organize: arrange, structure | format: lay out, shape | convert: turn, transform | update: refresh, revise
fix: repair, correct | test: try out, probe | build: construct, put together | track: follow, keep track of
customer: client | client: customer | user: person | users: people | article: piece, text | report: write-up, account
summary: overview, digest | overview: summary | information: details, facts | data: figures, facts
insights: findings, observations | findings: results, insights | results: findings, outcomes | issue: problem
issues: problems | problem: issue, difficulty | problems: issues | question: query | questions: queries
query: question, request | topic: subject, theme | subject: topic | task: job, assignment | tasks: jobs, assignments
goal: aim, objective | objective: aim, goal | key: main, central | important: essential, significant
relevant: pertinent, fitting | clear: plain, lucid | concise: brief, short | brief: short, concise | short: brief
detailed: thorough, in-depth | comprehensive: complete, thorough | accurate: correct, precise | precise: exact
specific: particular, concrete | helpful: useful, supportive | useful: helpful, valuable | current: present, latest
latest: newest, most recent | recent: latest, new | various: several, different | multiple: several, many
potential: possible | possible: potential | professional: businesslike | engaging: captivating, appealing
creative: inventive, imaginative | expert: specialist, authority | specialist: expert | assistant: helper, aide
company: firm, business | firm: company | market: marketplace | trends: developments, tendencies
document: text, paper | documents: texts, papers | content: material | sources: references, origins
code: program code | error: fault, mistake | errors: faults, mistakes | email: mail, message | message: note
steps: stages, actions | step: stage, action | example: sample, instance | examples: samples, instances
strategy: plan, approach | approach: way, method | method: approach, way | requirements: demands, needs
needs: requirements, wants | quality: standard, grade | risk: danger, hazard | risks: dangers, hazards
price: cost | cost: price, expense | budget: funds | trip: journey | travel: journey | destination: place to go
quickly: fast, swiftly | carefully: with care, attentively | always: at all times | never: at no time
based on: on the basis of | in order to: so as to | according to: in line with | such as: like, for instance
as well as: and also | make sure: ensure, take care | at least: no fewer than | up to: at most
"""
_POLITE = ("Please {}", "Kindly {}", "Your job is to {}", "You should {}", "Be sure to {}", "We need you to {}")
_ROLES = ("Act as {}.", "Take on the role of {}.", "In this job you work as {}.", "Your role here: {}.")
_LINKS = ("First, {}", "Then {}", "After that, {}", "Also {}", "Next, {}", "Finally, {}")
_KEPT = re.compile(r"\{\{.*?\}\}|\{[^{}]*\}|`[^`]*`|https?://\S+|\"[^\"\n]*\"|'[A-Za-z_]+'|\b\w*_\w+\b|<[^<>\n]*>")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
_ROLE = re.compile(r"^(?:You are|You're|Act as)\s+(an?\s[^.!?\n]+)[.!]", re.IGNORECASE)
_WHEN = re.compile(r"^(When|If|Once|After|Before|While)\s+([^,.]+),\s+([^.!?\n]+)([.!]?)$")
_USING = re.compile(r"^([A-Z][^,.!?\n]+?)\s+(using|based on|by|for|from)\s+([^,.!?\n]+)([.!]?)$")
_SECTION = re.compile(r"^(?:Args|Arguments|Parameters|Returns?|Yields|Raises|Notes?|Examples?):?$")
"""Where a docstring goes on to its parameters."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z{])")


def _table() -> dict[str, tuple[str, ...]]:
    entries = (entry.partition(":") for line in SYNONYMS.strip().splitlines() for entry in line.split("|"))
    return {word.strip(): tuple(other.strip() for other in others.split(",")) for word, _, others in entries}


_WORDS = _table()
_KNOWN = re.compile(rf"\b({'|'.join(sorted(map(re.escape, _WORDS), key=len, reverse=True))})\b", re.IGNORECASE)
_IMPERATIVES = frozenset(word for word in list(_WORDS)[: list(_WORDS).index("customer")] if " " not in word)


class Rewriter:
    """Rewords texts; the same seed and the same text give the same."""

    def __init__(self, seed: int, share: float = 0.7) -> None:
        self._seed = seed
        self._share = share

    def reword(self, text: str) -> str:
        """The text in other words."""
        rng = random.Random(f"{self._seed} {text}")  # noqa: S311 (the same words each time)
        blocks = list(self._blocks(text))
        return "\n\n".join(self._block(block, rng) for block in blocks)

    def rename(self, name: str) -> str:
        """A name of the same words, the first that has a synonym changed."""
        rng = random.Random(f"{self._seed} {name}")  # noqa: S311 (the same words each time)
        for match in re.finditer(r"[A-Za-z][a-z]+", name):
            others = [other for other in _WORDS.get(match[0].lower(), ()) if " " not in other]
            if others:
                other = rng.choice(others)
                chosen = other.capitalize() if match[0][0].isupper() else other
                return name[: match.start()] + chosen + name[match.end() :]
        return name

    @staticmethod
    def _blocks(text: str) -> Iterator[list[str]]:
        for block in re.split(r"\n\s*\n", text.strip()):
            yield [line.strip() for line in block.splitlines() if line.strip()]

    def _block(self, lines: list[str], rng: random.Random) -> str:
        if _SECTION.match(lines[0]):
            return "\n".join(lines)
        bullets = [line for line in lines if _BULLET.match(line)]
        if len(bullets) > 1 and rng.random() < self._share:
            return self._prose(lines, rng)
        if bullets:
            return "\n".join(self._words(line, rng) for line in lines)
        sentences = [self._sentence(one, rng) for one in _SENTENCE.split(" ".join(lines))]
        if len(sentences) > 2 and rng.random() < self._share / 2:
            place = rng.randrange(1, len(sentences) - 1)
            sentences[place], sentences[place + 1] = sentences[place + 1], sentences[place]
        if len(sentences) > 2 and rng.random() < self._share / 2:
            return "\n".join([sentences[0], *(f"- {sentence}" for sentence in sentences[1:])])
        return " ".join(sentences)

    def _prose(self, lines: list[str], rng: random.Random) -> str:
        """A list as sentences."""
        told: list[str] = []
        count = 0
        for line in lines:
            item = _BULLET.sub("", line)
            if item == line:
                told.append(self._words(line, rng).rstrip(":") + ("." if line.endswith(":") else ""))
                continue
            link = _LINKS[min(count, len(_LINKS) - 2)]
            count += 1
            told.append(link.format(_lower(self._words(item, rng))).rstrip(".;,") + ".")
        return " ".join(told)

    def _sentence(self, sentence: str, rng: random.Random) -> str:
        if match := _ROLE.match(sentence):
            role = self._words(match[1], rng)
            return rng.choice(_ROLES).format(role) + self._words(sentence[match.end() :], rng)
        if (match := _WHEN.match(sentence)) and rng.random() < self._share:
            sentence = f"{match[3][:1].upper()}{match[3][1:]} {match[1].lower()} {match[2]}{match[4]}"
        elif (match := _USING.match(sentence)) and rng.random() < self._share / 2:
            sentence = f"{match[2].capitalize()} {match[3]}, {_lower(match[1])}{match[4]}"
        first = sentence.split(" ", 1)[0].lower()
        spoken = self._words(sentence, rng)
        if first in _IMPERATIVES and sentence[:1].isupper() and rng.random() < self._share / 2:
            return rng.choice(_POLITE).format(_lower(spoken))
        return re.sub(r"^Please (\w)", lambda match: match[1].upper(), spoken)

    def _words(self, text: str, rng: random.Random) -> str:
        """The text with words changed, kept parts aside."""
        found: list[str] = []
        place = 0
        for match in _KEPT.finditer(text):
            found += [self._changed(text[place : match.start()], rng), match[0]]
            place = match.end()
        return "".join((*found, self._changed(text[place:], rng)))

    def _changed(self, text: str, rng: random.Random) -> str:
        def other(match: re.Match[str]) -> str:
            if rng.random() >= self._share:
                return match[0]
            chosen = rng.choice(_WORDS[match[0].lower()])
            return chosen.capitalize() if match[0][0].isupper() else chosen

        return _KNOWN.sub(other, text)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() or text[:2] in {"A ", "I "} else text
