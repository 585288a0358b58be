"""A search in one sentence of plain words, and what its words stand for in this archive.

Only wording: the tree and the request are taken as they are. The one idea: a reader sees what was searched, not what
was typed, so the sentence is made from the tree that the engine evaluates.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from search.page import Meaning
from search.query.parser import Parsed
from search.query.printer import exactly
from search.query.tree import (
    And,
    AtLeast,
    Dated,
    Everything,
    Exact,
    Fields,
    First,
    Fuzzy,
    Id,
    Leaf,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Pattern,
    Phrase,
    Together,
    Value,
    Word,
)
from search.query.walk import positive_leaves
from search.request import Request

#: Written forms of a stem, with the number of their occurrences in the archive, in any order.
Forms = Callable[[str], Iterable[tuple[str, int]]]

#: The label of a facet's key: ("city", "5746545") -> "Portland, Oregon".
Labels = Callable[[str, str], str]

_REACH = re.compile(r'near:"(.*)"~(\d+)(km|mi)')
_MOST_FORMS = 4
_MOST_KEYS = 4
_WHERE: dict[Fields, str] = {
    (): "in headline or text",
    ("headline",): "in the headline",
    ("lead",): "in the lead",
    ("lead", "body"): "in the text",
}
_FACETS = {
    "city": "in {}",
    "mentions": "mentioning {}",
    "section": "in section {}",
    "source": "from {}",
    "byline": "by {}",
    "type": "of the type {}",
}


def meanings(parsed: Parsed, forms: Forms) -> tuple[Meaning, ...]:
    """Return what each plain word of a query stands for, in the reader's order, each word once.

    Args:
        parsed: the query.
        forms: the written forms of a stem in this archive.
    """
    words = dict.fromkeys(leaf for leaf in parsed.leaves if isinstance(leaf, Word))
    return tuple(
        Meaning(
            word.typed,
            tuple(sorted(forms(word.stem), key=lambda form: (-form[1], form[0]))),
            exactly(parsed.node, word),
        )
        for word in words
    )


def explain(parsed: Parsed, request: Request, *, labels: Labels | None = None, forms: Forms | None = None) -> str:
    """Return what is searched, in one sentence of plain words.

    Args:
        parsed: the query's text as understood.
        request: the filters beside the text.
        labels: turns the keys of facets into what readers call them; keys are shown where None.
        forms: the written forms of a stem in this archive, for "council (also councils)"; left out where None.

    Example:
        >>> from search.query.parser import parse
        >>> explain(parse('council "water rates"'), Request(since=date(2019, 1, 1)))
        'council and the phrase “water rates”, in headline or text, from 1 January 2019'
    """
    return _Sentence(labels or (lambda _, key: _plain_key(key)), forms or (lambda _: ())).whole(parsed.node, request)


def in_words(node: Node, labels: Labels | None = None) -> str:
    """Return one part of a query in words, as the sentence has it.

    >>> in_words(Not(Word("dog", "dog")))
    'without dog'
    """
    sentence = _Sentence(labels or (lambda _, key: _plain_key(key)), lambda _: ())
    return sentence._filter(node) if isinstance(node, Not | Value | Dated) else sentence._part(node)


def filters_in_words(request: Request, labels: Labels | None = None) -> str:
    """Return the filters of a request in words ("from 1 January 2019, in Portland, Oregon"), "" for none."""
    return ", ".join(_Sentence(labels or (lambda _, key: _plain_key(key)), lambda _: ()).filters(request))


class _Sentence:
    """The wording of one search."""

    def __init__(self, labels: Labels, forms: Forms) -> None:
        self.labels = labels
        self.forms = forms
        self.shared_fields: Fields | None = None
        self.tells_text = False
        self.told: set[str] = set()

    def whole(self, node: Node, request: Request) -> str:
        if isinstance(node, Nothing):
            return "no story: the search contradicts itself"
        parts = node.parts if isinstance(node, And) else (node,)
        filters = [part for part in parts if _is_filter(part)]
        asked = [part for part in parts if not _is_filter(part) and not isinstance(part, Everything)]
        wanted = [part for part in asked if not isinstance(part, Not)]
        unwanted = [part.part for part in asked if isinstance(part, Not)]
        fields = {leaf.fields for part in wanted for leaf in positive_leaves(part)}
        self.shared_fields = next(iter(fields)) if len(fields) == 1 else None
        self.tells_text = len(fields) == 1 and all(_in_body(part) for part in wanted)
        clauses = [self._and(wanted) if wanted else "every story"]
        if self.shared_fields is not None and self.tells_text:
            clauses.append("in the text" if self.shared_fields == () else _WHERE[self.shared_fields])
        elif self.shared_fields is not None:
            clauses.append(_WHERE[self.shared_fields])
        if unwanted:
            clauses.append("without " + _listed([self._part(part, inner=True) for part in unwanted], "or"))
        clauses += [self._filter(part) for part in filters]
        clauses += self.filters(request)
        return ", ".join(clauses)

    def _and(self, parts: Sequence[Node]) -> str:
        return _listed([self._part(part, inner=isinstance(part, Or) and len(parts) > 1) for part in parts], "and")

    def _part(self, node: Node, *, inner: bool = False) -> str:
        """Return a node in words; in brackets where it is `inner` and of several parts."""
        match node:
            case And(parts):
                wanted = [part for part in parts if not isinstance(part, Not | Everything)]
                unwanted = [part.part for part in parts if isinstance(part, Not)]
                text = self._and(wanted) if wanted else "anything"
                if unwanted:
                    text += " without " + _listed([self._part(part, inner=True) for part in unwanted], "or")
                return f"({text})" if inner else text
            case Or(parts):
                text = _listed([self._part(part, inner=True) for part in parts], "or")
                return f"({text})" if inner else text
            case Not(part):
                return "not " + self._part(part, inner=True)
            case Near(left, right, distance, ordered):
                sides = self._part(left, inner=True), self._part(right, inner=True)
                words = "1 word" if distance == 1 else f"{distance} words"
                if ordered:
                    return f"{sides[0]} followed within {words} by {sides[1]}"
                return f"{sides[0]} within {words} of {sides[1]}"
            case First(span, words):
                return f"{self._part(span, inner=True)} among the first {words} words{self._of_text()}"
            case AtLeast(span, times):
                return f"{self._part(span, inner=True)} at least {times} times"
            case Together(spans, unit):
                return (
                    f"{_listed([self._part(span, inner=True) for span in spans], 'and')} in one {unit}{self._of_text()}"
                )
            case Phrase(parts, fields):
                shown = " ".join(_shown(part) for part in parts)
                strict = any(isinstance(part, Exact) for part in parts)
                return f"the {'exact ' if strict else ''}phrase “{shown}”{self._where(fields)}"
            case Word() | Exact() | Pattern() | Fuzzy():
                return self._leaf(node) + self._where(node.fields)
            case Value() | Dated():
                return f"stories {self._filter(node)}"
            case Id(id):
                return f"the story {id}"
            case Everything():
                return "every story"
            case Nothing():
                return "no story"

    def _of_text(self) -> str:
        """Return that a place is one in the text, where the end of the sentence does not say so of all."""
        return "" if self.tells_text else " of the text"

    def _leaf(self, leaf: Leaf) -> str:
        match leaf:
            case Word(stem, typed):
                return typed + self._also(stem, typed)
            case Exact(form, cased=cased, typed=typed):
                return f"“{typed or form}” exactly" + (" (with these capitals)" if cased else "")
            case Pattern(pattern):
                if pattern.endswith("*") and "*" not in pattern[:-1] and "?" not in pattern:
                    return f"words beginning with “{pattern[:-1]}”"
                return f"words like “{pattern}”"
            case Fuzzy(form, distance):
                letters = "1 letter" if distance == 1 else f"{distance} letters"
                return f"words within {letters} of “{form}”"

    def _also(self, stem: str, typed: str) -> str:
        """Return the other written forms of a word, most frequent first; once in a sentence."""
        if stem in self.told:
            return ""
        counts: dict[str, int] = {}
        for form, count in self.forms(stem):
            folded = form.casefold()
            counts[folded] = counts.get(folded, 0) + count
        counts.pop(typed.casefold(), None)
        self.told.add(stem)
        others = sorted(counts, key=lambda form: (-counts[form], form))
        if not others:
            return ""
        shown = others[:_MOST_FORMS]
        more = len(others) - len(shown)
        return f" (also {', '.join(shown)}{f' and {more} more' if more else ''})"

    def _where(self, fields: Fields) -> str:
        if not fields or fields == self.shared_fields:
            return ""
        return f" {_WHERE.get(fields) or 'in the ' + _listed(list(fields), 'or')}"

    def _filter(self, node: Node) -> str:
        match node:
            case Value(typed=typed) if reach := _REACH.fullmatch(typed):
                unit = "km" if reach[3] == "km" else "mile" if reach[2] == "1" else "miles"
                return f"within {int(reach[2]):,} {unit} of {self.labels('city', reach[1])}"
            case Value(facet, keys):
                return _FACETS[facet].format(self._names(facet, keys))
            case Dated(since, until):
                return _days(since, until)
            case Not(Value() as value):
                return "not " + self._filter(value)
            case Not(Dated(since, until)):
                return "not " + _days(since, until)
            case Not(part):
                return "without " + self._part(part, inner=True)
            case _:
                return self._part(node, inner=True)

    def _names(self, facet: str, keys: tuple[str, ...]) -> str:
        shown = [self.labels(facet, key) for key in keys[:_MOST_KEYS]]
        more = len(keys) - len(shown)
        joint = "; " if len(shown) > 2 and any(", " in label for label in shown) else ", "
        if more:
            return f"{joint.join(shown)} or {more} more"
        return f"{joint.join(shown[:-1])} or {shown[-1]}" if len(shown) > 1 else shown[0]

    def filters(self, request: Request) -> Iterable[str]:
        if request.since or request.until:
            yield _days(request.since, request.until)
        if request.undated is not None:
            yield "without a date" if request.undated else "with a date"
        if request.arrived_by is not None:
            yield f"among the first {request.arrived_by:,} to arrive"
        for facet in ("city", "section", "source", "byline"):
            if keys := request.selected(facet):
                yield _FACETS[facet].format(self._names(facet, keys))
        for facet, keys in request.exclude.items():
            if keys:
                yield "not " + _FACETS.get(facet, "in {}").format(self._names(facet, keys))


def _is_filter(node: Node) -> bool:
    """Say whether a node is a filter, which the end of the sentence tells, rather than something to look for."""
    inner = node.part if isinstance(node, Not) else node
    return isinstance(inner, Value | Dated)


def _in_body(node: Node) -> bool:
    """Say whether a node looks only into the body."""
    return isinstance(node, First | Together)


def _shown(leaf: Leaf) -> str:
    match leaf:
        case Word(_, typed):
            return typed
        case Exact(form, typed=typed):
            return typed or form
        case Pattern(pattern):
            return pattern
        case Fuzzy(form):
            return f"{form}~"


def _plain_key(key: str) -> str:
    return key.removeprefix("name:").replace("-", " ").title() if key.startswith("name:") else key


def _listed(parts: list[str], word: str) -> str:
    if len(parts) < 2:
        return parts[0] if parts else ""
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def _days(since: date | None, until: date | None) -> str:
    """Return a period in words, as short as it can be said.

    >>> _days(date(2018, 3, 1), date(2018, 3, 31))
    'in March 2018'
    """
    if since is None or until is None:
        if since is not None:
            return f"from {_day(since)}"
        return f"until {_day(until)}" if until is not None else "at any time"
    if since == until:
        return f"on {_day(since)}"
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return f"in {since.year}" if since.year == until.year else f"from {since.year} to {until.year}"
    last = calendar.monthrange(until.year, until.month)[1]
    if (since.year, since.month, since.day, until.day) == (until.year, until.month, 1, last):
        return f"in {since:%B} {since.year}"
    return f"from {_day(since)} to {_day(until)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
