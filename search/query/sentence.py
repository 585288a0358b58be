"""A search in one sentence of plain words, and what its words stand for in this archive.

Only wording: the tree and the request are taken as they are. The one idea: a reader sees what was searched, not what
was typed, so the sentence is made from the tree that the engine evaluates.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
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
from search.query.walk import positive_parts
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


def explain(
    parsed: Parsed,
    request: Request,
    *,
    labels: Labels | None = None,
    forms: Forms | None = None,
    words: str | None = None,
) -> str:
    """Return what is searched, in one sentence of plain words.

    Args:
        parsed: the query's text as understood.
        request: the filters beside the text.
        labels: turns the keys of facets into what readers call them; keys are shown where None.
        forms: the written forms of a stem in this archive, for "council (also councils)"; left out where None.
        words: what `asked` says of the text, for whoever keeps that.

    Example:
        >>> from search.query.parser import parse
        >>> explain(parse('council "water rates"'), Request(since=date(2019, 1, 1)))
        'council and the phrase “water rates”, in headline or text, from 1 January 2019'
    """
    sentence = _Sentence(labels or (lambda _, key: _plain_key(key)), forms or (lambda _: ()))
    words = sentence.asked(parsed.node) if words is None else words
    return words if isinstance(parsed.node, Nothing) else ", ".join([words, *sentence.filters(request)])


def asked(parsed: Parsed, *, labels: Labels, forms: Forms) -> str:
    """Return what a text asks for in words: the sentence of `explain` without the filters beside the text."""
    return _Sentence(labels, forms).asked(parsed.node)


def in_words(node: Node, labels: Labels | None = None) -> str:
    """Return one part of a query in words, as the sentence has it.

    >>> in_words(Not(Word("dog", "dog")))
    'without dog'
    """
    sentence = _Sentence(labels or (lambda _, key: _plain_key(key)), lambda _: ())
    narrows = isinstance(node, Not) or (_is_filter(node) and not _is_named(node))
    return sentence.filter(node) if narrows else sentence.part(node)


def filters_in_words(request: Request, labels: Labels | None = None) -> str:
    """Return the filters of a request in words ("from 1 January 2019, in Portland, Oregon"), "" for none."""
    return ", ".join(_Sentence(labels or (lambda _, key: _plain_key(key)), lambda _: ()).filters(request))


class _Sentence:
    """The wording of one search.

    `place` in its methods is the fields that the words around a part tell of it; `inner` asks for brackets around a
    part of several words, where what stands beside it could be taken for a part of it.
    """

    def __init__(self, labels: Labels, forms: Forms) -> None:
        self.labels = labels
        self.forms = forms
        self.tells_text = False
        self.told: set[str] = set()

    def asked(self, node: Node) -> str:
        if isinstance(node, Nothing):
            return "no story: none can match this search"
        wanted, unwanted, filters = _sorted(node.parts if isinstance(node, And) else (node,))
        named = [part for part in filters if _is_named(part)]
        if not wanted and named:
            wanted, filters = named, [part for part in filters if part not in named]
        place = _shared(wanted)
        self.tells_text = place is not None and all(isinstance(part, First | Together) for part in wanted)
        clauses = [self._list(wanted, "and", place or ()) if wanted else "every story"]
        if place is not None:
            clauses.append("in the text" if self.tells_text and not place else _told(place))
        self.tells_text = False
        if unwanted:
            clauses.append(self._without(unwanted, ()))
        clauses += [self.filter(part) for part in filters]
        return ", ".join(clauses)

    def part(self, node: Node, place: Fields = (), *, inner: bool = False) -> str:
        """Return what a node looks for."""
        leaves = list(_leaves(node))
        fields = {leaf.fields for leaf in leaves}
        if len(leaves) > 1 and len(fields) == 1 and place not in fields and not _filters_in(node):
            (shared,) = fields
            return f"({self.part(node, shared)}) {_told(shared)}"
        text, whole = self._worded(node, place)
        return f"({text})" if inner and not whole else text

    def _worded(self, node: Node, place: Fields) -> tuple[str, bool]:
        """Return what a node looks for, and whether that is one thing by itself, which needs no brackets."""
        match node:
            case And(parts):
                return self._all(parts, place), False
            case Or(parts):
                return self._list(parts, "or", place), False
            case Near(left, right, distance, ordered):
                one, other = self.part(left, place, inner=True), self.part(right, place, inner=True)
                return f"{one} {_apart(distance, ordered=ordered)} {other}", False
            case First(span, words):
                where = "as the first word" if words == 1 else f"among the first {words} words"
                return f"{self.part(span, place, inner=True)} {where}{self._of_text()}", False
            case AtLeast(span, times):
                often = "once" if times == 1 else f"{times} times"
                return f"{self.part(span, place, inner=True)} at least {often}", False
            case Together(spans, unit):
                return f"{self._list(spans, 'and', place)} in one {unit}{self._of_text()}", False
            case Phrase(parts, fields):
                return _phrase(parts) + _where(fields, place), True
            case Word(stem, typed, fields):
                return typed + self._also(stem, typed) + _where(fields, place), True
            case Exact() | Pattern() | Fuzzy():
                return _leaf(node) + _where(node.fields, place), True
            case Value() | Dated():
                return f"stories {self.filter(node)}", False
            case Id(id):
                return f"the story {id}", True
            case Not(part):
                return f"anything {self._without([part], place)}", False
            case Everything():
                return "every story", True
            case Nothing():
                return "no story", True

    def _list(self, parts: Sequence[Node], word: str, place: Fields) -> str:
        return _listed([self.part(part, place, inner=len(parts) > 1) for part in parts], word)

    def _all(self, parts: Sequence[Node], place: Fields) -> str:
        """Return what is looked for by several parts that must all match, where they are a part of a question."""
        wanted, unwanted, filters = _sorted(parts)
        text = self._list(wanted, "and", place)
        if not wanted:
            text = "anything" if all(isinstance(part, Not) for part in filters) else "stories"
        if unwanted:
            text += f" {self._without(unwanted, place)}"
        joint = ", " if wanted or unwanted else " "
        return joint.join([text, ", ".join(map(self.filter, filters))]) if filters else text

    def _without(self, parts: Sequence[Node], place: Fields) -> str:
        return "without " + _listed([self.part(part, place, inner=True) for part in parts], "or")

    def _of_text(self) -> str:
        """Return that a place is one in the text, where the end of the sentence does not say so of all."""
        return "" if self.tells_text else " of the text"

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

    def filter(self, node: Node, *, inner: bool = False) -> str:
        """Return which stories a filter or an exclusion leaves."""
        match node:
            case Value(typed=typed) if reach := _REACH.fullmatch(typed):
                unit = "km" if reach[3] == "km" else "mile" if reach[2] == "1" else "miles"
                return f"within {int(reach[2]):,} {unit} of {self.labels('city', reach[1])}"
            case Value(facet, keys):
                return _FACETS[facet].format(self._names(facet, keys))
            case Dated(since, until):
                return _days(since, until)
            case Id(id):
                return f"in the story {id}"
            case Not(part) if _is_filter(part):
                return f"not {self.filter(part, inner=True)}"
            case Not(part):
                return self._without([part], ())
            case And(parts) | Or(parts):
                some = [self.filter(part, inner=True) for part in parts if not isinstance(part, Everything)]
                text = _listed(some, "and" if isinstance(node, And) else "or")
                return f"({text})" if inner and len(some) > 1 else text
            case _:
                return self.part(node, inner=True)

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
    """Say whether a node only narrows, which the end of the sentence tells, and looks for nothing."""
    match node:
        case Value() | Dated() | Id():
            return True
        case Not(part):
            return _is_filter(part)
        case And(parts) | Or(parts):
            narrow = [part for part in parts if not isinstance(part, Everything)]
            return bool(narrow) and all(map(_is_filter, narrow))
        case _:
            return False


def _is_named(node: Node) -> bool:
    """Say whether a node names stories."""
    return isinstance(node, Id) or (isinstance(node, Or) and all(isinstance(part, Id) for part in node.parts))


def _sorted(parts: Sequence[Node]) -> tuple[list[Node], list[Node], list[Node]]:
    """Return what is looked for, what must not be found, and the filters."""
    filters: list[Node] = [part for part in parts if _is_filter(part)]
    asked = [part for part in parts if not _is_filter(part) and not isinstance(part, Everything)]
    wanted: list[Node] = [part for part in asked if not isinstance(part, Not)]
    return wanted, [part.part for part in asked if isinstance(part, Not)], filters


def _leaves(node: Node) -> Iterator[Leaf | Phrase]:
    """Yield the leaves and phrases of a node, those inside of a NOT too."""
    match node:
        case Not(part):
            yield from _leaves(part)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case _:
            yield from positive_parts(node)


def _filters_in(node: Node) -> bool:
    """Say whether a filter stands among what a node looks for."""
    match node:
        case Not(part):
            return _filters_in(part)
        case And(parts) | Or(parts):
            return any(map(_filters_in, parts))
        case _:
            return _is_filter(node)


def _shared(parts: Sequence[Node]) -> Fields | None:
    """Return the fields that all leaves have in common; None where they differ or a filter stands among them."""
    fields = {leaf.fields for part in parts for leaf in _leaves(part)}
    return None if len(fields) != 1 or any(map(_filters_in, parts)) else next(iter(fields))


def _where(fields: Fields, place: Fields) -> str:
    return "" if not fields or fields == place else f" {_told(fields)}"


def _told(fields: Fields) -> str:
    return _WHERE.get(fields) or f"in the {_listed(list(fields), 'or')}"


def _apart(distance: int, *, ordered: bool) -> str:
    if distance == 1:
        return "followed directly by" if ordered else "next to"
    return f"followed within {distance} words by" if ordered else f"within {distance} words of"


def _phrase(parts: tuple[Leaf, ...]) -> str:
    text = f"phrase “{' '.join(map(_shown, parts))}”"
    if not all(isinstance(part, Exact) for part in parts):
        special = dict.fromkeys(_leaf(part) for part in parts if not isinstance(part, Word))
        return f"the {text} ({'; '.join(special)})" if special else f"the {text}"
    cased = [part for part in parts if isinstance(part, Exact) and part.cased]
    if len(cased) == len(parts):
        return f"the exact {text} (with these capitals)"
    if cased:
        return f"the exact {text} (with the capitals of {_listed([f'“{_shown(part)}”' for part in cased], 'and')})"
    return f"the exact {text}"


def _leaf(leaf: Leaf) -> str:
    """Return the words that a leaf stands for.

    >>> _leaf(Pattern("el*n")), _leaf(Pattern("wom?n"))
    ('words beginning with “el” and ending in “n”', 'words like “wom?n” (? for any letter)')
    """
    match leaf:
        case Word(_, typed):
            return typed
        case Exact(form, cased=cased, typed=typed):
            return f"“{typed or form}” exactly" + (" (with these capitals)" if cased else "")
        case Fuzzy(form, distance):
            letters = "1 letter" if distance == 1 else f"{distance} letters"
            return f"words within {letters} of “{form}”"
        case Pattern(pattern):
            if "?" in pattern:
                stars = "* for any letters, " if "*" in pattern else ""
                return f"words like “{pattern}” ({stars}? for any letter)"
            match pattern.split("*"):
                case [begin, ""]:
                    return f"words beginning with “{begin}”"
                case ["", end]:
                    return f"words ending in “{end}”"
                case ["", inside, ""]:
                    return f"words with “{inside}” in them"
                case [begin, end]:
                    return f"words beginning with “{begin}” and ending in “{end}”"
                case _:
                    return f"words like “{pattern}” (* for any letters)"


def _shown(leaf: Leaf) -> str:
    match leaf:
        case Word(_, typed):
            return typed
        case Exact(form, typed=typed):
            return typed or form
        case Pattern(pattern):
            return pattern
        case Fuzzy(form):
            return form


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
