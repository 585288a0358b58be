"""Two posting lists read side by side, judged by sets of positions."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import HEADLINE_GAP
from index.embedded import Reader, abreast
from index.embedded.arrayfile import ArrayFileWriter
from index.embedded.build import Arranged, WordsWriter
from index.embedded.encoding import BODY
from index.embedded.keys import Keys
from index.embedded.rank import NO_RANKS, ranks_of
from index.embedded.values import Unsigned
from index.embedded.words import Words

#: By story: places in the headline and places in the body of a stem.
Places: TypeAlias = dict[int, tuple[list[int], list[int]]]

STEMS = ("one", "other")


def scattered(random: np.random.Generator, stories: int, share: float, crowd: int) -> Places:
    """Return a stem in about a share of the stories; bodies are up to 400 words long, and every 60th 9,000."""
    found: Places = {}
    for story in np.flatnonzero(random.random(stories) < share).tolist():
        headline = random.choice(6, random.integers(0, 3), replace=False)
        length = 9_000 if random.random() < 1 / 60 else 400
        body = random.choice(length, random.integers(headline.size == 0, crowd + 1), replace=False)
        found[story] = sorted(headline.tolist()), sorted(body.tolist())
    return found


def written(folder: Path, places: tuple[Places, Places], lengths: Unsigned) -> list[Reader]:
    """Write both stems as a segment does, and return how they are read."""
    rows = [
        (story, place | bit, stem)
        for stem, stories in enumerate(places)
        for story, fields in stories.items()
        for bit, field in zip((0, BODY), fields, strict=True)
        for place in field
    ]
    counts = np.bincount([stem for _, _, stem in rows], minlength=2)
    keys = [f"{stem}\0{stem}\0{stem}".encode() for stem in STEMS]
    ends = np.cumsum([len(key) for key in keys])
    in_order = Keys(np.frombuffer(b"".join(keys), np.uint8), ends - [len(key) for key in keys], ends)
    with ArrayFileWriter(folder / "words") as file:
        writer = WordsWriter(file, lengths, in_order)
        writer.add(Arranged(0, 2, counts, np.array(rows, np.uint32).ravel()))
        writer.finish()
    words = Words(folder / "words", len(lengths))
    return [words.reader(stem, words.listed(stem), lengths).of() for stem in range(2)]


def positions(places: Places, story: int, headline: int) -> list[int]:
    """Return where a stem stands in a story, as the index counts."""
    above, below = places.get(story, ([], []))
    return above + [headline + HEADLINE_GAP + place for place in below]


def apart(one: Places, other: Places) -> Places:
    """Return where the other stem stands but for the places that both have; not the stories where nothing is left."""
    left: Places = {}
    for story, fields in other.items():
        headline, body = (
            [place for place in field if place not in taken]
            for field, taken in zip(fields, one.get(story, ([], [])), strict=True)
        )
        if headline or body:
            left[story] = headline, body
    return left


@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([1, 30, 700, 2_000]),
    st.sampled_from([(0.9, 0.8), (0.5, 0.5), (0.9, 0.2), (0.05, 0.04)]),
    st.sampled_from([1, 4, 90]),
    st.sampled_from([1, 2, 7, 99, 100, 150]),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_stems_are_read_side_by_side_as_their_positions_say(
    seed: int, stories: int, shares: tuple[float, float], crowd: int, distance: int, share_places: bool, ranked: bool
) -> None:
    random = np.random.default_rng(seed)
    lengths = np.full((stories, 3), 6, np.uint32)
    lengths[:, 0] += random.integers(0, 9, stories, np.uint32)
    mine, its = (scattered(random, stories, share, crowd) for share in shares)
    mine[stories // 2], its[stories // 2] = ([2], [7]), ([1], [7])
    mine, its = dict(sorted(mine.items())), dict(sorted(its.items()))
    if not share_places:
        its = apart(mine, its)
    rarer = min(mine, its, key=len)
    looked_at = [story for story in rarer if random.random() < 0.95] or list(rarer)
    where = {story: [positions(places, story, int(lengths[story, 0])) for places in (mine, its)] for story in looked_at}
    chosen = np.array(looked_at, np.uint32)
    with TemporaryDirectory() as folder:
        one, other = written(Path(folder), (mine, its), lengths)
        ranks, ranks2 = (ranks_of(reader[0]) if ranked else NO_RANKS for reader in (one, other))
        room = sum(len(above) + len(below) for above, below in mine.values())
        docs, out = np.empty(room, np.uint32), np.empty(room, np.uint32)

        def found(what: int, gap: int, in_order: int) -> list[tuple[int, int]]:
            many = abreast.side_by_side(one, other, ranks, ranks2, chosen, lengths, what, gap, in_order, 16, docs, out)
            return list(zip(docs[:many].tolist(), out[:many].tolist(), strict=True))

        for gap in (distance, -distance):
            assert found(abreast.FOLLOW, gap, 1) == [
                (story, place) for story, (left, right) in where.items() for place in left if place + gap in right
            ]
        for in_order, least in ((1, 1), (0, -distance)):
            assert [story for story, _ in found(abreast.NEAR, distance, in_order)] == [
                story
                for story, (left, right) in where.items()
                if any(least <= b - a <= distance and a != b for a in left for b in right)
            ]
        nearest = np.full(chosen.size, distance + 1, np.uint32)
        abreast.side_by_side(
            one, other, ranks, ranks2, chosen, lengths, abreast.CLOSEST, distance, 0, 16, docs[:0], nearest
        )
        assert nearest.tolist() == [
            min([distance + 1, *(abs(a - b) for a in left for b in right)]) for left, right in where.values()
        ]
