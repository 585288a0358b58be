"""Random small archives, trees and requests for judging engines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from unittest.mock import patch

from hypothesis import strategies as st

from index.article import Article, City, Story
from index.embedded import IndexDirectory
from search.embedded.columns import Columns
from search.query import tree
from search.request import Request
from tests.reference import ANALYZER, Reference

#: Few words, so that they meet; some share a stem, one form is another's beginning, some differ in capitals only.
WORDS = "mayor Mayor mayors flood floods flooding bridge Bridges river trial trials the of at new York york".split()
#: Words that stand together more often than chance has it, so that phrases are found.
RUNS = ("new York", "the mayor of New York", "mayors at the bridge", "flooding river", "Bridges flooding")
PLACES = (
    City(4887398, "Chicago", "Illinois", "United States", role="dateline"),
    City(5746545, "Portland", "Oregon", "United States", role="about"),
    City(4975802, "Portland", "Maine", "United States", role="about"),
    City(5750162, "Salem", "Oregon", "United States", role="about"),
    City(None, "Salem", role="about"),
    City(None, "Millbrook", role="about"),
    City(None, "Wall", "New Jersey", role="dateline"),
    City(2653941, "Cambridge", "England", "United Kingdom", role="about"),
    City(1880252, "Singapore", "", "Singapore", role="about"),
    City(5128581, "New York City", "New York", "United States", role="mentioned"),
    City(5128581, "New York City", "New York", "United States", role="about"),
)
DIVISIONS = ("us", "us-or", "us-ny", "us-nj", "gb", "gb-england", "sg", "de-bavaria")
SECTIONS = ("Metro", "Sports", "metro")
SOURCES = ("Herald", "Post")
TYPES = ("opinion", "news", "slideshow")
BYLINES = ("Jane Doe", "Max Roe", "Jane Doe and Max Roe", "Ann Doe, Max Roe and Jane Doe")
DATES: tuple[str, ...] = tuple(
    "1987 1987-03 1987-04 1987-03-01 1987-03-31T23:00:00-05:00 1987-04-01 1987-04-01T08:30:00Z 1988-02-29 1991 "
    "1991-07-04 2018-01-24T17:30:00-05:00 1935-12-31 2020-02-29".split()
)


def text(random: Random) -> str:
    words: list[str] = []
    most = random.choice((0, 1, 2, 4, 6, 9))
    while len(words) < most:
        words += random.choice(RUNS).split() if random.random() < 0.3 else [random.choice(WORDS)]
    return "".join(word + random.choice((" ", " ", " ", ". ")) for word in words).rstrip()


def article(random: Random, id: str) -> Article:
    return Article(
        id=id,
        headline=text(random),
        body="\n\n".join(filter(None, (text(random) for _ in range(random.randint(0, 3))))),
        published=random.choice((None, *DATES)),
        byline=random.choice(("", *BYLINES)),
        section=random.choice(("", *SECTIONS)),
        source=random.choice(("", *SOURCES)),
        type=random.choice(("", *TYPES)),
        cities=tuple(random.sample(PLACES, random.choice((0, 1, 1, 2, 3, 5)))),
    )


def written(random: Random) -> list[list[Story | str]]:
    """What is written to an archive, commit by commit: stories (a known id again is a new version), ids to remove."""
    commits: list[list[Story | str]] = []
    first: dict[str, int] = {}
    families: dict[int, int] = {}
    ids = random.choice((4, 15, 40))
    arrival = 0
    for _ in range(random.randint(1, 4)):
        commit: list[Story | str] = []
        for _ in range(random.choice((0, 1, 6, 15))):
            id = f"s{random.randrange(ids)}"
            if id in first and random.random() < 0.25:
                commit.append(id)
                continue
            arrival += 1
            begun = first.setdefault(id, arrival)
            leads = [other for other in families if families[other] == other]
            families.setdefault(begun, random.choice((begun, begun, begun, *leads[:2])))
            commit.append(Story(article(random, id), arrival, begun, "2026-01-01T00:00:00Z", families[begun]))
        commits.append(commit)
    return commits


#: Archives from a seed: Hypothesis varies the questions, and gives archives too few stories when it draws each of them.
ARCHIVES = st.integers(0, 10_000).map(lambda seed: written(Random(seed)))


def write(directory: IndexDirectory, commits: list[list[Story | str]], *, apart: bool) -> None:
    """Write the commits, each through a writer of its own.

    Archives so small are merged into one segment at every commit; `apart` keeps the segments.
    """
    with ExitStack() as stack:
        if apart:
            stack.enter_context(patch("index.embedded.writer.first_to_merge", lambda counts: max(len(counts) - 1, 0)))
            stack.enter_context(patch("index.embedded.writer.DELETED_SHARE", 1.0))
        for commit in commits or [[]]:
            with directory.writer() as writer:
                for entry in commit:
                    if isinstance(entry, Story):
                        writer.put(entry)
                    else:
                        writer.remove(entry)
                writer.commit(through=max((e.arrival for e in commit if isinstance(e, Story)), default=0))


def left(commits: list[list[Story | str]]) -> list[Story]:
    """The stories that an archive holds after the commits: the last word on each id wins."""
    held: dict[str, Story] = {}
    for commit in commits:
        for entry in commit:
            if isinstance(entry, str):
                held.pop(entry, None)
            else:
                held[entry.article.id] = entry
    return list(held.values())


@contextmanager
def archived(commits: list[list[Story | str]]) -> Iterator[tuple[Columns, Reference]]:
    """Write the commits to an index and open what has come of it, beside the plain judge of the same stories."""
    with TemporaryDirectory() as folder:
        directory = IndexDirectory(Path(folder))
        write(directory, commits, apart=sum(map(len, commits)) % 5 > 0)
        with directory.open() as generation:
            yield Columns(generation), Reference(left(commits), generation.averages)


STEMS = {"mayor": "mayor", "mayors": "mayor", "floods": "flood", "flooding": "flood", "bridge": "bridg", "at": "at"}
STEMS |= {"trial": "trial", "york": "york", "new": "new", "the": "the", "river": "river", "absent": "absent"}
PATTERNS = ("flood*", "m*", "*s", "b?idge*", "?he", "zz*", "f*d*s")
VALUES = (
    tree.Value("city", ("4887398", "name:millbrook")),
    tree.Value("city", ("us-or", "name:millbrook")),
    tree.Value("mentions", ("5128581",)),
    tree.Value("mentions", ("us-ny", "gb")),
    tree.Value("section", ("METRO",)),
    tree.Value("source", ("herald",)),
    tree.Value("type", ("opinion", "Slideshow")),
    tree.Value("byline", ("doe",)),
    tree.Value("byline", ("max roe", "nobody")),
)
FIELDS: tuple[tuple[str, ...], ...] = ((), (), (), (), ("headline",), ("lead",), ("lead", "body"), ("body",))


def leaf(random: Random, fields: tuple[str, ...] | None = None) -> tree.Leaf:
    where = random.choice(FIELDS) if fields is None else fields
    if random.random() < 0.3:
        return standing_for(random, random.choice(WORDS), where)
    word = random.choice(list(STEMS))
    match random.randrange(10):
        case 0:
            return tree.Exact(word, STEMS[word], False, where)
        case 1:
            cased = random.choice(("Mayor", "mayor", "York", "york"))
            return tree.Exact(cased, cased.casefold(), True, where)
        case 2:
            return tree.Pattern(random.choice(PATTERNS), where)
        case 3:
            return tree.Fuzzy(random.choice(("mayro", "floid", "th", "rivver")), random.choice((1, 2)), where)
        case _:
            return tree.Word(STEMS[word], word, where)


def standing_for(random: Random, word: str, where: tuple[str, ...]) -> tree.Leaf:
    """A leaf of any kind that finds a word of the stories."""
    term = ANALYZER.term(word)
    match random.randrange(7):
        case 0:
            return tree.Exact(term.folded, term.stem, False, where)
        case 1:
            return tree.Exact(term.form, term.stem, True, where)
        case 2:
            at = random.randint(1, len(term.folded))
            return tree.Pattern(random.choice((f"{term.folded[:at]}*", f"*{term.folded[at - 1 :]}")), where)
        case 3:
            return tree.Fuzzy(term.folded[:-1] + "x", random.choice((1, 2)), where)
        case _:
            return tree.Word(term.stem, word, where)


def phrase(random: Random) -> tree.Phrase:
    where = random.choice(FIELDS)
    if random.random() < 0.3:
        return tree.Phrase(tuple(leaf(random, ()) for _ in range(random.randint(2, 3))), where)
    run = random.choice(RUNS).split()
    length = random.randint(2, min(3, len(run)))
    begin = random.randint(0, len(run) - length)
    return tree.Phrase(tuple(standing_for(random, word, ()) for word in run[begin : begin + length]), where)


def spanning(random: Random, depth: int = 2) -> tree.Spanning:
    kind = random.randrange(6) if depth else random.randrange(3)
    if kind < 2:
        return leaf(random)
    if kind == 2:
        return phrase(random)
    one, other = spanning(random, depth - 1), spanning(random, depth - 1)
    if kind == 3:
        return tree.Or((one, other))
    return tree.Near(one, other, random.randint(1, 6), random.random() < 0.5, random.choice(FIELDS))


def placed(random: Random) -> tree.Node:
    """A question of where words stand."""

    def side() -> tree.Spanning:
        return random.choice((phrase(random), leaf(random), tree.Or((leaf(random), leaf(random)))))

    match random.randrange(4):
        case 0:
            return tree.First(side(), random.randint(2, 20))
        case 1:
            return tree.AtLeast(side(), random.randint(1, 2))
        case 2:
            return tree.Near(side(), side(), random.randint(1, 6), random.random() < 0.5)
        case _:
            return tree.Together((side(), side()), random.choice(("paragraph", "sentence")))


def node(random: Random, depth: int = 3) -> tree.Node:
    kind = random.randrange(14) if depth else random.randrange(8)
    parts = [node(random, depth - 1) for _ in range(random.randint(2, 4))] if kind >= 10 else []
    match kind:
        case 0 | 1 | 2:
            return leaf(random)
        case 3:
            return phrase(random)
        case 4:
            return spanning(random)
        case 5:
            return random.choice(VALUES)
        case 6:
            return tree.Dated(random.choice((None, day(random))), random.choice((None, day(random))))
        case 7:
            return random.choice((tree.Id("s1"), tree.Id("s3"), tree.Everything(), tree.Everything(), tree.Nothing()))
        case 8:
            return tree.First(spanning(random), random.randint(1, 8))
        case 9:
            return tree.AtLeast(spanning(random), random.randint(1, 3))
        case 10:
            if random.random() < 0.3:
                return tree.Not(parts[0])
            sides = tuple(spanning(random, random.randint(0, 2)) for _ in range(random.choice((2, 2, 3))))
            return tree.Together(sides, random.choice(("paragraph", "sentence")))
        case 11:
            return tree.And(tuple(parts))
        case _:
            return tree.Or(tuple(parts))


def asked(random: Random) -> tree.Node:
    """A tree as readers make them: mostly some words, now and then everything the language has."""
    match random.randrange(7):
        case 0:
            return tree.Everything()
        case 3:
            return placed(random)
        case 4:
            return random.choice(VALUES)
        case 1:
            words = tuple(leaf(random, ()) for _ in range(random.choice((2, 3, 4, 5, 8))))
            return tree.And((*words, *random.sample(conditions(random), random.choice((0, 0, 1, 2)))))
        case 2:
            return tree.Or(tuple(leaf(random, ()) for _ in range(random.randint(2, 4))))
        case _:
            return node(random)


def conditions(random: Random) -> list[tree.Node]:
    """What readers type beside their words: filters and exclusions."""
    return [
        *VALUES,
        tree.Not(random.choice(VALUES)),
        tree.Not(leaf(random, ())),
        tree.Dated(day(random), None),
        tree.Id("s1"),
    ]


def day(random: Random) -> date:
    known = [date(1987, 1, 1), date(1987, 3, 1), date(1987, 3, 31), date(1987, 4, 30), date(1987, 12, 31)]
    return random.choice((*known, date.fromordinal(random.randint(706_500, 737_800))))


def request(random: Random) -> Request:
    def few(values: Sequence[str]) -> tuple[str, ...]:
        return tuple(random.sample(list(values), random.randint(1, 2))) if random.random() < 0.15 else ()

    def rarely(value: date) -> date | None:
        return value if random.random() < 0.15 else None

    cities = [*(city.key for city in PLACES), "12345", *DIVISIONS, *DIVISIONS]
    return Request(
        cities=few(cities),
        sections=few(SECTIONS),
        sources=few(SOURCES),
        bylines=few(("Jane Doe", "Max Roe", "Nobody")),
        exclude={"city": few(cities), "source": few(SOURCES)} if random.random() < 0.5 else {},
        since=rarely(day(random)),
        until=rarely(day(random)),
        undated=random.choice((None, None, None, None, None, True, False)),
        copies=random.choice(("fold", "fold", "show")),
        sort=random.choice(("relevance", "relevance", "newest", "oldest", "arrived")),
        recency=random.choice((0.0, 0.0, 0.5, 1.0)),
        offset=random.choice((0, 0, 0, 1, 3)),
        limit=random.choice((10, 3, 1, 0)),
        facet_limit=random.choice((10, 1, 2, 0)),
        granularity=random.choice((None, None, "decade", "year", "month", "day")),
        arrived_by=random.choice((None, None, None, 0, 2, 9, 30)),
    )


#: Questions from a seed.
QUESTIONS = st.integers(0, 1_000_000).map(lambda seed: questions(Random(seed)))


def questions(random: Random) -> list[tuple[Request, tree.Node]]:
    return [(request(random), asked(random)) for _ in range(8)]


def kinds(asked: tree.Node) -> Iterator[str]:
    """Yield the name of every kind of node in a tree."""
    yield type(asked).__name__
    for name in ("part", "node", "left", "right"):
        if isinstance(inner := getattr(asked, name, None), tree.Node):
            yield from kinds(inner)
    for part in getattr(asked, "parts", ()):
        yield from kinds(part)
