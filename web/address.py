"""A search as an address: the one place that reads a query string into a question and writes it back.

No searching and no HTML. The one idea: every state of the pages has exactly one address. `read(pairs(question))` gives
the question back, `pairs` leaves out whatever is the default, and so two people who see the same page see the same URL.

| parameter | means |
|---|---|
| `q` | the reader's words |
| `city`, `section`, `source`, `byline` | values of the facets, `city` also regions and countries; may be repeated |
| `not-city`, `not-section`, … | values that must not be; may be repeated |
| `since`, `until` | `1987`, `1987-04` or `1987-04-09`, both inclusive |
| `undated` | `only`, or `none` |
| `copies` | `show` lists every copy of a wire story |
| `sort` | `relevance`, `newest`, `oldest` |
| `recency` | 0 to 1: how strongly newer stories are preferred in best match |
| `by` | length of a bar: `decade`, `year`, `month`, `day` |
| `scale` | `share`: bars show the share of all stories held, of the sources asked for where there are such |
| `size`, `page` | stories a page, and which page |
| `arrived-by` | a place in the order of arrival; what came later is passed over |
| `cited` | what was seen when the search was cited, to say what has changed (`web.citation`) |
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Literal, cast, get_args
from urllib.parse import urlencode

from search.dates import NotADate, first_day, last_day
from search.request import FACETS, Granularity, Request, Sort
from web import words
from web.citation import Citation, citation
from web.formats import precision_of

Scale = Literal["count", "share"]

#: Stories a page may have, the first being the default.
SIZES = (20, 50, 100)

#: Pages end at this story; beyond it a reader narrows the search or takes the list away.
DEPTH = 10_000

LONGEST_QUERY = 2_000

#: Values of one facet that an address may choose, and may leave out.
MOST_CHOSEN = 100
_LONGEST_VALUE = 300

#: Digits of the last arrival that any archive will have.
_LONGEST_NUMBER = 12

#: The parameters in the order of an address.
ORDER = (
    "q",
    *FACETS,
    *(f"not-{facet}" for facet in FACETS),
    *("since", "until", "undated", "arrived-by", "copies", "sort", "recency", "by", "scale", "size", "page", "cited"),
)

_SORTS: tuple[Sort, ...] = get_args(Sort)
_GRANULARITIES: tuple[Granularity, ...] = get_args(Granularity)
_FIELD = {"city": "cities", "section": "sections", "source": "sources", "byline": "bylines"}


@dataclass(frozen=True, slots=True)
class Link:
    """A word that leads somewhere."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter that could not be understood as it stands.

    Attributes:
        name: the parameter.
        given: its value as typed.
        wrong: what is wrong and what to write instead; a program is refused with that.
        done: what a page does nevertheless.
    """

    name: str
    given: str
    wrong: str
    done: str

    @property
    def message(self) -> str:
        """What a reader is told over the page that is shown nevertheless."""
        return f"{self.wrong} {self.done}".strip()


@dataclass(frozen=True, slots=True)
class Question:
    """The whole state of a results page.

    Attributes:
        request: the search, its offset and limit those of the page.
        page: which page, from 1.
        scale: what the timeline's bars show.
        cited: what was seen when the search was cited, where a citation leads here.
        problems: what could not be read; such a question has no address of its own.
    """

    request: Request = field(default_factory=lambda: Request(sort="newest", limit=SIZES[0]))
    page: int = 1
    scale: Scale = "count"
    cited: Citation | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def default_sort(self) -> Sort:
        """The order that needs no mention: by relevance where words were given, else newest first."""
        return default_sort(self.request.text)

    def on_page(self, page: int) -> Question:
        """Return the same search on another page."""
        offset = (page - 1) * self.request.limit
        if (page, offset) == (self.page, self.request.offset):
            return self
        return replace(self, page=page, request=replace(self.request, offset=offset))

    def _with(self, request: Request) -> Question:
        return replace(self, request=request).on_page(1)

    def choosing(self, facet: str, key: str) -> Question:
        """Return the question with one more value chosen in `facet`."""
        return self._with(_select(self.request, facet, _added(self.request.selected(facet), key)))

    def unchoosing(self, facet: str, key: str) -> Question:
        """Return the question with one value of `facet` no longer chosen."""
        return self._with(_select(self.request, facet, _removed(self.request.selected(facet), key)))

    def choosing_only(self, facet: str, keys: Sequence[str]) -> Question:
        """Return the question with just `keys` chosen in `facet`."""
        return self._with(_select(self.request, facet, tuple(sorted(set(keys)))))

    def excluding(self, facet: str, key: str) -> Question:
        """Return the question without the stories that have the value, which is also no longer chosen."""
        left_out = _added(self.request.exclude.get(facet, ()), key)
        return self.unchoosing(facet, key)._excluding(facet, left_out)

    def including(self, facet: str, key: str) -> Question:
        """Return the question with the value no longer left out."""
        return self._excluding(facet, _removed(self.request.exclude.get(facet, ()), key))

    def between(self, since: date | None, until: date | None) -> Question:
        """Return the question narrowed to the days, both inclusive; None leaves an end open."""
        return self._with(replace(self.request, since=since, until=until, undated=None, granularity=None))

    def with_undated(self, undated: bool | None) -> Question:
        """Return the question about undated stories only (True), dated ones only (False), or as the dates say."""
        return self._with(replace(self.request, undated=undated))

    def asking(self, text: str) -> Question:
        """Return the question with other words; an order that was the default follows the words."""
        sort = default_sort(text) if self.request.sort == self.default_sort else self.request.sort
        return self._with(replace(self.request, text=text, sort=sort))

    def sorting(self, sort: Sort) -> Question:
        """Return the question in another order."""
        return self._with(replace(self.request, sort=sort))

    def with_copies(self, shown: bool) -> Question:
        """Return the question with every copy listed, or with each family counted once."""
        return self._with(replace(self.request, copies="show" if shown else "fold"))

    def arrived_by(self, number: int | None) -> Question:
        """Return the question about what had arrived up to a place in the order of arrival; None for everything."""
        return self._with(replace(self.request, arrived_by=number))

    def uncited(self) -> Question:
        """Return the question by itself, without the citation that led to it."""
        return replace(self, cited=None)

    def scaled(self, scale: Scale) -> Question:
        """Return the question with bars on another scale."""
        return replace(self, scale=scale)

    def cleared(self) -> Question:
        """Return the question with its words and order, but without any filter."""
        kept = self.request
        return Question(
            replace(Request(), text=kept.text, sort=kept.sort, recency=kept.recency, limit=kept.limit), scale=self.scale
        )

    @property
    def filtered(self) -> bool:
        """Whether anything but words narrows the search."""
        asked = self.request
        return bool(
            any(asked.selected(facet) for facet in FACETS)
            or any(asked.exclude.values())
            or asked.since
            or asked.until
            or asked.undated is not None
            or asked.arrived_by is not None
        )

    def _excluding(self, facet: str, keys: tuple[str, ...]) -> Question:
        exclude = {**self.request.exclude, facet: keys}
        return self._with(replace(self.request, exclude=MappingProxyType({k: v for k, v in exclude.items() if v})))


def default_sort(text: str) -> Sort:
    """Return the order a search has where none is asked for."""
    return "relevance" if text.strip() else "newest"


def read(pairs: Iterable[tuple[str, str]], locale: str = "en-US", today: date | None = None) -> Question:
    """Return the question that the pairs of a query string ask; unknown names are ignored.

    Dates may be typed as people write them; `locale` decides whether 1/2/2018 is in January or February,
    and "last week" counts from `today`; the machine's where None.

    >>> read([("q", "flood"), ("since", "1997-04")]).request.since
    datetime.date(1997, 4, 1)
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        value = _clean(value)
        if value:
            given.setdefault(name, []).append(value)
    problems: list[Problem] = []

    def last(name: str) -> str:
        return given.get(name, [""])[-1]

    def one_of(name: str, allowed: Sequence[str], default: str) -> str:
        value = last(name)
        if not value or value in allowed:
            return value or default
        problems.append(Problem(name, value, words.not_one_of(name, value, allowed), words.LEFT_OUT))
        return default

    text = last("q")
    if len(text) > LONGEST_QUERY:
        problems.append(Problem("q", text[:40], words.query_too_long(LONGEST_QUERY), words.REST_CUT_OFF))
        text = text[:LONGEST_QUERY]
    chosen = {name: _values(given.get(name, []), name, problems) for name in FACETS}
    excluded = {name: _values(given.get(f"not-{name}", []), f"not-{name}", problems) for name in FACETS}

    def day(name: str, typed: str, problems: list[Problem]) -> date | None:
        return _day(typed, name, locale, today, problems)

    since, until = day("since", last("since"), problems), day("until", last("until"), problems)
    if since and until and since > until:
        problems.append(Problem("since", "", words.DATES_SWAPPED, words.SWAPPED))
        since, until = day("since", last("until"), []), day("until", last("since"), [])
    undated = {"only": True, "none": False, "": None}[one_of("undated", ("only", "none"), "")]
    limit = int(one_of("size", [str(size) for size in SIZES], str(SIZES[0])))
    request = Request(
        text=text,
        cities=chosen["city"],
        sections=chosen["section"],
        sources=chosen["source"],
        bylines=chosen["byline"],
        exclude=MappingProxyType({name: keys for name, keys in excluded.items() if keys}),
        since=since,
        until=until,
        undated=undated,
        copies="show" if one_of("copies", ("fold", "show"), "fold") == "show" else "fold",
        sort=cast(Sort, one_of("sort", _SORTS, default_sort(text))),
        arrived_by=_arrival(last("arrived-by"), problems),
        recency=_share(last("recency"), problems),
        limit=limit,
        granularity=cast("Granularity | None", one_of("by", _GRANULARITIES, "") or None),
    )
    scale = cast(Scale, one_of("scale", ("count", "share"), "count"))
    page = _page(last("page"), limit, problems)
    cited = citation(last("cited"))
    if last("cited") and cited is None:
        problems.append(Problem("cited", last("cited"), words.CITED_UNREADABLE, words.CITED_UNSAID))
    return Question(request, scale=scale, cited=cited, problems=tuple(problems)).on_page(page)


def pairs(question: Question) -> list[tuple[str, str]]:
    """Return the query string's pairs for `question`, defaults left out, always in the same order."""
    asked = question.request
    found: list[tuple[str, str]] = []
    if asked.text:
        found.append(("q", asked.text))
    for facet in FACETS:
        found.extend((facet, key) for key in asked.selected(facet))
    for facet in FACETS:
        found.extend((f"not-{facet}", key) for key in asked.exclude.get(facet, ()))
    since, until = typed_days(asked.since, asked.until)
    found.extend((name, day) for name, day in (("since", since), ("until", until)) if day)
    if asked.undated is not None:
        found.append(("undated", "only" if asked.undated else "none"))
    if asked.arrived_by is not None:
        found.append(("arrived-by", str(asked.arrived_by)))
    if asked.copies == "show":
        found.append(("copies", "show"))
    if asked.sort != question.default_sort:
        found.append(("sort", asked.sort))
    if asked.recency:
        found.append(("recency", f"{asked.recency:g}"))
    if asked.granularity:
        found.append(("by", asked.granularity))
    if question.scale != "count":
        found.append(("scale", question.scale))
    if asked.limit != SIZES[0]:
        found.append(("size", str(asked.limit)))
    if question.page > 1:
        found.append(("page", str(question.page)))
    if question.cited:
        found.append(("cited", str(question.cited)))
    return found


def address(question: Question, path: str = "/search") -> str:
    """Return the address of `question` under `path`.

    >>> address(Question().asking("flood").choosing("city", "4887398"))
    '/search?q=flood&city=4887398'
    """
    query = urlencode(pairs(question))
    return f"{path}?{query}" if query else path


@lru_cache(4_096)
def typed_days(since: date | None, until: date | None) -> tuple[str, str]:
    """Return days as a reader would type them, both as years, months or days; "" for an open end.

    >>> typed_days(date(1987, 4, 1), date(1988, 12, 31))
    ('1987-04', '1988-12')
    """
    length = {"year": 4, "month": 7, "day": 10}[precision_of(since, until)]
    return (since.isoformat()[:length] if since else "", until.isoformat()[:length] if until else "")


def deepest_page(limit: int) -> int:
    """Return the last page that is served, for so many stories a page."""
    return DEPTH // limit


def _clean(value: str) -> str:
    """Return `value` on one line: controls and lone surrogates become spaces, and the ends are trimmed."""
    return "".join(" " if c < " " or c == "\x7f" or "\ud800" <= c <= "\udfff" else c for c in value).strip()


def _values(given: list[str], name: str, problems: list[Problem]) -> tuple[str, ...]:
    values = tuple(sorted({value for value in given if len(value) <= _LONGEST_VALUE}))
    if len(values) > MOST_CHOSEN:
        problems.append(Problem(name, "", words.too_many_values(name, MOST_CHOSEN), words.REST_NOT_USED))
    return values[:MOST_CHOSEN]


def _day(text: str, name: str, locale: str, today: date | None, problems: list[Problem]) -> date | None:
    if not text:
        return None
    try:
        return first_day(text, today, locale) if name == "since" else last_day(text, today, locale)
    except NotADate as error:
        problems.append(Problem(name, text, words.not_a_date(text, error.reason), words.LEFT_OUT))
        return None


def _share(text: str, problems: list[Problem]) -> float:
    try:
        value = float(text or 0)
    except ValueError:
        value = -1.0
    if 0.0 <= value <= 1.0:
        return float(f"{value:g}")
    problems.append(Problem("recency", text, words.NOT_A_SHARE, words.LEFT_OUT))
    return 0.0


def _arrival(text: str, problems: list[Problem]) -> int | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER:
        return int(text)
    problems.append(Problem("arrived-by", text, words.NOT_AN_ARRIVAL, words.LEFT_OUT))
    return None


def _page(text: str, limit: int, problems: list[Problem]) -> int:
    if not text:
        return 1
    page = int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0
    if page < 1:
        problems.append(Problem("page", text, words.not_a_page(text), words.FIRST_PAGE))
        return 1
    if page > deepest_page(limit):
        problems.append(Problem("page", text, words.TOO_DEEP, ""))
        return deepest_page(limit)
    return page


def _select(request: Request, facet: str, keys: tuple[str, ...]) -> Request:
    return replace(request, **{_FIELD[facet]: keys})  # type: ignore[arg-type]  # the four are all tuples of text


def _added(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(sorted({*keys, key}))


def _removed(keys: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(kept for kept in keys if kept != key)
