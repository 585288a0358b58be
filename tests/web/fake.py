"""An archive for the tests of the pages: a handful of stories, answered by the plain judge.

Its query language is words that must all be there; what the pages show is what counts here, not what is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Self

from index.analysis import Term
from index.article import Article, City, Story, fold
from index.ranking import Averages
from search.account import Account
from search.complete import complete
from search.page import (
    Bucket,
    Clipping,
    Completion,
    Diagnostic,
    Facet,
    Fragment,
    Hit,
    Holding,
    Page,
    Partial,
    Period,
    Snippet,
    Thread,
    Timeline,
)
from search.query import tree
from search.related import related
from search.request import PAGE_FACETS, Request
from tests import reference
from tests.search.stock import Stock

HOSTILE = '<script>alert("1")</script> & "quotes"'

OREGON = City(5746545, "Portland", "Oregon", "United States", 45.52, -122.68, "PORTLAND, Ore.", "dateline", "dateline")
MAINE = City(4975802, "Portland", "Maine", "United States", 43.66, -70.26, "Portland", "about", "named 4 times")
LIMA = City(3936456, "Lima", "Lima Province", "Peru", -12.04, -77.03, "Lima", "mentioned", "named once")


def article(id: str, headline: str, body: str = "The mayor spoke.", **more: object) -> Article:
    return Article(id=id, headline=headline, body=body, **more)  # type: ignore[arg-type]


def stories() -> list[Story]:
    """Return forty stories: most of them about a bridge, some odd."""
    written = [
        article(
            "bridge-1",
            "Council votes to close the Merrow bridge",
            "The bridge over the river will close in March.\n\nThe mayor called it a sad day. Lima was not named.",
            published="1997-03-04",
            byline="Jane Doe and Max Roe",
            section="News",
            source="The Harbor Light",
            url="https://harborlight.example/bridge",
            dateline="PORTLAND, Ore.",
            language="en",
            cities=(OREGON, LIMA),
            published_reason="dateline",
        ),
        article("hostile", HOSTILE, f"A flood. {HOSTILE}", source=HOSTILE, section=HOSTILE, url="javascript:alert(1)"),
        article("undated", "A story that nobody dated", "Flood water.", headline_made=True),
        article("month", "Known to the month", "Flood in spring.", published="1997-04", cities=(MAINE,)),
        article("year", "Known to the year", "Flood in a year.", published="1998", source="The Canalside Argus"),
        article("copy", "Council votes to close bridge", "Same text.", published="1997-03-05", source="Wire"),
        article("copy-2", "Council votes to close bridge", "Same text.", published="1997-03-06", source="Other Wire"),
    ]
    written += [
        article(
            f"flood-{number}",
            f"Flood report number {number}",
            f"The flood of day {number}.\n\nWater rose in the streets of the old town, and the levee held.",
            published=f"{1999 + number // 12}-{number % 12 + 1:02}-09",
            section="News" if number % 3 else "Weather",
            source="The Canalside Argus" if number % 2 else "The Harbor Light",
            byline=f"Writer {number % 14}",
            cities=(MAINE,) if number % 2 else (OREGON,),
        )
        for number in range(45)
    ]
    made = []
    for number, one in enumerate(written, start=1):
        family = 6 if one.id == "copy-2" else number
        earlier = (article("bridge-1", "Council to close bridge", "The bridge will close."),) if number == 1 else ()
        made.append(Story(one, number, number, "2026-01-02T03:04:05Z", family, earlier))
    return made


class FakeArchive:
    """An archive in memory; `generation` may be set to say that it has changed."""

    title = "The Test Morgue"

    def __init__(self, held: list[Story] | None = None) -> None:
        self.held = {story.article.id: story for story in (stories() if held is None else held)}
        self.judge = reference.Reference(self.held.values(), Averages())
        self.generation = "1.1"
        self.changed = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
        self.newest_arrival = len(self.held)
        self.asked: list[Request] = []

    def search(self, request: Request) -> Page:
        self.asked.append(request)
        terms = reference.ANALYZER.terms(request.text)
        words: tuple[tree.Node, ...] = tuple(tree.Word(term.stem, term.form) for term in terms)
        node: tree.Node = tree.Everything() if not words else words[0] if len(words) == 1 else tree.And(words)
        found = self.judge.answer(request, node)
        return Page(
            total=found.total,
            hits=tuple(
                self._hit(id, score, copies, terms)
                for id, score, copies in zip(found.ids, found.scores, found.copies, strict=True)
            ),
            facets={
                name: Facet(name, tuple(Bucket(*value) for value in found.facets[name]), found.total_values[name])
                for name in PAGE_FACETS
            },
            timeline=Timeline(
                found.granularity,
                tuple(Period(bar.start, bar.end, bar.count, bar.held, bar.coarser) for bar in found.bars),
                found.undated,
                found.imprecise,
                request.sources or None,
            ),
            partial=Partial(found.partial_total, tuple(self._hit(id, 0.0, 0, terms) for id in found.partial_ids)),
            suggestion="bridge" if request.text == "brigde" else None,
            explain=request.text or "every story",
            diagnostics=(Diagnostic("test", "An unclosed “ was closed.", severity="warning"),)
            if '"' in request.text
            else (),
            folded=found.folded,
            generation=self.generation,
            took_ms=1.0,
            marking_ms=0.25,
        )

    def account(self, request: Request, id: str) -> Account | None:
        return None

    def complete(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        return complete(text, limit, Stock(self.held.values()))

    def story(self, id: str) -> Clipping | None:
        story = self.held.get(id)
        if story is None:
            return None
        others = [other.article for other in self.held.values() if other.family == story.family and other != story]
        return Clipping(story, tuple(others))

    @property
    def locale(self) -> str:
        return "en-US"

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def related(self, id: str, limit: int = 6) -> Thread | None:
        return related(self, id, limit)

    def counts(self, words: Sequence[str]) -> tuple[int, ...]:
        texts = [f"{story.article.headline} {story.article.body}" for story in self.held.values()]
        stems = [{term.stem for term in reference.ANALYZER.terms(text)} for text in texts]
        return tuple(sum(reference.ANALYZER.term(word).stem in held for held in stems) for word in words)

    def was_removed(self, id: str) -> bool:
        return id == "removed"

    def places(self, name: str) -> tuple[tuple[str, str], ...]:
        cities = {city.key: city for story in self.held.values() for city in story.article.cities}
        wanted = fold(name)
        return tuple(
            (city.key, city.label)
            for city in cities.values()
            if wanted in (city.key, fold(city.name), fold(city.label), f"{fold(city.name)}-{fold(city.region)[:2]}")
        )

    def city(self, key: str) -> City | None:
        cities = (city for story in self.held.values() for city in story.article.cities)
        return next((city for city in cities if city.key == key and city.geonameid is not None), None)

    def holdings(self, year: int | None, most: int) -> tuple[Holding, ...]:
        """Return the timelines of searches source by source; without the empty months of a year."""
        asked = Request(
            copies="show",
            limit=0,
            facet_limit=most,
            granularity="month" if year else "year",
            since=date(year, 1, 1) if year else None,
            until=date(year, 12, 31) if year else None,
        )
        every = self.search(asked)
        rows = []
        for bucket in every.facets["source"].buckets:
            page = self.search(replace(asked, sources=(bucket.key,)))
            rows.append(Holding(bucket.key, bucket.label, page.total, page.timeline))
        counted = Counter(period.start for row in rows for period in row.timeline.buckets for _ in range(period.count))
        timeline = replace(
            every.timeline,
            buckets=tuple(bar._replace(count=bar.count - counted[bar.start]) for bar in every.timeline.buckets),
            undated=every.timeline.undated - sum(row.timeline.undated for row in rows),
            imprecise=every.timeline.imprecise - sum(row.timeline.imprecise for row in rows),
        )
        return (*rows, Holding("", "", every.total - sum(row.total for row in rows), timeline))

    def warm(self) -> None:
        pass

    def close(self) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def _hit(self, id: str, score: float, copies: int, terms: list[Term]) -> Hit:
        one = self.held[id].article
        marked = _marked(one.body[:220], {term.stem for term in terms})
        return Hit(one, score, (marked,), copies, _marked(one.headline, {term.stem for term in terms}))


def _marked(text: str, stems: set[str]) -> Snippet:
    parts: list[Fragment] = []
    end = 0
    for token in reference.ANALYZER.tokens(text):
        if token.term.stem in stems:
            parts += [Fragment(text[end : token.start]), Fragment(text[token.start : token.end], marked=True)]
            end = token.end
    return tuple(part for part in (*parts, Fragment(text[end:])) if part.text)
