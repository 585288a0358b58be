"""What is answered: a results page as frozen values, the same from every engine.

No engine's object leaks through here, and nothing here is HTML or JSON. The one idea: a page is whole (total, hits,
facets, timeline, what was understood) and of one generation, so its parts never contradict one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple, overload

from index.article import Article, Story
from search.request import Granularity

Severity = Literal["note", "warning"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several things a query can mean: its name, and the query that means it alone."""

    label: str
    query: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something about the query that the reader should know.

    Attributes:
        kind: short stable name ("unbalanced-quote", "unknown-field", "common-words", …).
        message: one sentence in plain words: what was found and what was done.
        start, end: characters of the query text it is about; both 0 where it is about the whole.
        choices: what else could be meant.
    """

    kind: str
    message: str
    start: int = 0
    end: int = 0
    severity: Severity = "note"
    choices: tuple[Choice, ...] = ()


class Fragment(NamedTuple):
    """A piece of a story's text: plain text and whether it is one of the words that matched.

    A tuple like `Period`, since a page has a hundred of them.
    """

    text: str
    marked: bool = False


#: A passage cut out of a story, in order; joined, the texts are the passage.
Snippet = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One story of a page.

    Attributes:
        article: the story's newest version.
        score: 0.0 where the page is not sorted by relevance or nothing was asked for.
        snippets: passages of the body around the words that matched; the beginning where none did.
        copies: further members of the story's family that the archive holds (0 for most stories).
        headline: the headline in fragments, the words that matched marked.
    """

    article: Article
    score: float
    snippets: tuple[Snippet, ...] = ()
    copies: int = 0
    headline: Snippet = ()


@dataclass(frozen=True, slots=True)
class ThreadStory:
    """One story of a thread.

    Attributes:
        article: the story's newest version.
        new: the sentence of it that tells most of what no earlier story of the thread had told; "" for none.
        copies: further members of the story's family that the archive holds.
        score: what it earns for the thread's words, its distance in time and its cities; 0.0 for the thread's own.
    """

    article: Article
    new: str
    copies: int = 0
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Thread:
    """An affair, seen from one of its stories.

    Attributes:
        words: what the others were found by, as the story writes them, the most telling first.
        stories: in order of time, undated ones last; the story itself is among them, its copies are not.
        place: where in `stories` it is.
    """

    words: tuple[str, ...]
    stories: tuple[ThreadStory, ...]
    place: int


class Bucket(NamedTuple):
    """One value of a facet with the number of stories a click on it would show.

    `parent` is the key of the place above it: of a city its region or, where that is not known, its country; of a
    region its country; else None. A tuple like `Period`, since a page has sixty of them.
    """

    key: str
    label: str
    count: int  # type: ignore[assignment]  # as in `Period`
    selected: bool = False
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet: selected first, then by count, then by label; `total_values` counts the unshown too."""

    name: str
    buckets: tuple[Bucket, ...]
    total_values: int


class Period(NamedTuple):
    """One bar of the timeline: first and last day (inclusive), stories that match, stories the archive holds at all.

    Both are counted alike: every copy where the request shows copies, else a family of copies once in a bar. `coarser`
    says whether stories are held whose dates are longer than the bar and reach over it, which may be of it.
    """

    start: date
    end: date
    count: int  # type: ignore[assignment]  # a tuple's own `count` is of no use to anybody here
    held: int
    coarser: bool = False

    @property
    def share(self) -> float | None:
        """The part of the stories held that match; None where no story held is known to be of the period."""
        return self.count / self.held if self.held else None


@dataclass(frozen=True, slots=True)
class Bars(Sequence[Period]):
    """The bars of a timeline, each made when it is asked for: thirty years have 360 months, and few callers want all.

    Attributes:
        starts, ends: first and last day of each bar.
        counts: stories that match.
        held: stories the archive holds at all, counted in the same way.
        coarser: whether longer dates of stories held reach over it.
    """

    starts: Sequence[date]
    ends: Sequence[date]
    counts: Sequence[int]
    held: Sequence[int]
    coarser: Sequence[bool]

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, place: int) -> Period: ...

    @overload
    def __getitem__(self, place: slice) -> Bars: ...

    def __getitem__(self, place: int | slice) -> Period | Bars:
        if isinstance(place, slice):
            return Bars(self.starts[place], self.ends[place], self.counts[place], self.held[place], self.coarser[place])
        return Period(self.starts[place], self.ends[place], self.counts[place], self.held[place], self.coarser[place])

    def __iter__(self) -> Iterator[Period]:
        return map(Period, self.starts, self.ends, self.counts, self.held, self.coarser)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Stories over time; the counts of `buckets`, `undated` and `imprecise` add up to the page's total.

    Attributes:
        granularity: how long one bar is.
        buckets: without gaps, oldest first; empty ones included. They span the days asked for; where an end is open,
            they go as far as stories are found.
        undated: matching stories without a date.
        imprecise: matching stories whose date is coarser than a bar.
        held_of: the sources asked for, by the filter or in the words, whose stories alone the bars count as held; None
            where no source is asked for.
    """

    granularity: Granularity
    buckets: Sequence[Period]
    undated: int = 0
    imprecise: int = 0
    held_of: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """One source's stories over time, every copy counted; key and label are "" for all without a row of their own."""

    key: str
    label: str
    total: int
    timeline: Timeline


@dataclass(frozen=True, slots=True)
class Partial:
    """Stories that match enough of the words, but not all; of a few words those with most of them first.

    They are apart from total, facets, timeline, feeds and exports.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()


#: Stories with a word in which its written forms are counted, the first to arrive.
FORMS_COUNTED = 5_000


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one word of a query stands for in an archive.

    Attributes:
        typed: the word as the reader wrote it.
        forms: the written forms that it finds, most frequent first, with their occurrences in the first
            `FORMS_COUNTED` stories that have the word.
        exactly: the query with this word looked for in the typed form only.
    """

    typed: str
    forms: tuple[tuple[str, int], ...]
    exactly: str


@dataclass(frozen=True, slots=True)
class Page:
    """The answer to a request.

    Attributes:
        total: stories that match fully, exact; families of copies once where the request folds them.
        hits: the wanted slice of them.
        facets: by name, in the order of `search.request.PAGE_FACETS`.
        timeline: obeys every filter, the dates included.
        partial: stories that match only some of the words, where few match all.
        suggestion: another query that would find more, or None.
        explain: what was searched, in one sentence of plain words.
        diagnostics: what was mended, ignored or is worth knowing.
        folded: copies that the total does not count because their family is counted once.
        generation: names the state of the index; another generation may answer differently.
        took_ms: time the whole answer took, in milliseconds.
        marking_ms: the part of it in which the hits' texts were fetched and their words marked.
        meanings: what the plain words of the query stand for here.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: dict[str, Facet]
    timeline: Timeline
    partial: Partial
    suggestion: str | None
    explain: str
    diagnostics: tuple[Diagnostic, ...]
    folded: int
    generation: str
    took_ms: float
    marking_ms: float = 0.0
    meanings: tuple[Meaning, ...] = ()


#: Completions that are given where no other number is wanted.
COMPLETIONS = 8


@dataclass(frozen=True, slots=True)
class Completion:
    """One way to go on with a query that is being typed.

    Attributes:
        text: the whole query as it would stand then.
        label: what is completed, for people: the headline, the name, the city with its region, what the syntax means.
        kind: what it is.
        count: stories that have it; 0 for syntax.
    """

    text: str
    label: str
    kind: Literal["headline", "name", "city", "section", "syntax"]
    count: int


@dataclass(frozen=True, slots=True)
class Clipping:
    """One story as its own page shows it.

    Attributes:
        story: the story with its earlier versions.
        copies: the other members of its family, in order of arrival.
    """

    story: Story
    copies: tuple[Article, ...] = ()
