"""`python -m tests.relevance.spelling`: how often another spelling is offered, how often it is the right one.

Slips are made by chance, with a fixed seed, in words of Reuters stories; it tells nothing of the slips that people
really make. The one idea: an offer is judged twice, by slips that it should mend and by right words that it should
leave alone.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random
from string import ascii_lowercase
from tempfile import TemporaryDirectory

from index.article import Story
from index.embedded import IndexDirectory
from search import Archive, Request, open_archive
from tests.relevance import known_items

_SEED = 1987
_WORD = re.compile(r"[A-Za-z]+")

#: A word that readers may slip in is in so many stories; one that finds a full page is left alone.
_OFTEN, _SELDOM = 20, 10


@dataclass(frozen=True)
class Offers:
    """What came of some questions: how many, how many offers were made, and how many of those were right."""

    asked: int
    offered: int
    right: int

    def __str__(self) -> str:
        precision = f"{self.right / self.offered:.3f}" if self.offered else "-"
        return f"{self.asked} asked, offered {self.offered / self.asked:.3f}, right of the offers {precision}"


class Words:
    """The words of stories: in how many each is, small letters and names apart.

    Attributes:
        plain: words that are somewhere written in small letters, with the number of stories.
        names: words that within sentences have a capital and nowhere small letters, with the number of stories.
        pairs: two neighbours in small letters, with the number of stories.
    """

    def __init__(self, stories: Iterable[Story]) -> None:
        every: Counter[str] = Counter()
        small: set[str] = set()
        capital: set[str] = set()
        self.pairs: Counter[tuple[str, str]] = Counter()
        for story in stories:
            words = _WORD.findall(story.article.body)
            every.update({word.lower() for word in (*words, *_WORD.findall(story.article.headline))})
            small.update(word for word in words if word.islower())
            capital.update(word.lower() for word in words if word.istitle())
            both = pairwise(words)
            self.pairs.update({(one, other) for one, other in both if one.islower() and other.islower()})
        self.plain = {word: number for word, number in every.items() if word in small and len(word) > 4}
        self.names = {word: number for word, number in every.items() if word in capital - small and len(word) > 4}
        self.every = every


def slip(word: str, random: Random) -> str:
    """Return a word with one slip: a letter left out, put in or exchanged, or two swapped; the first stays."""
    place = random.randrange(1, len(word) - 1)
    letter = random.choice(ascii_lowercase)
    head, tail = word[:place], word[place:]
    return random.choice(
        (head + tail[1:], head + letter + tail, head + letter + tail[1:], head + tail[1::-1] + tail[2:])
    )


def slipped(archive: Archive, words: Sequence[str], every: Counter[str], slips: int, most: int) -> Offers:
    """Ask for words with slips that make them words of no story."""
    random = Random(_SEED)
    asked: list[tuple[str, str]] = []
    for word in random.sample(words, len(words)):
        wrong = word
        for _ in range(slips):
            wrong = slip(wrong, random)
        if wrong not in every:
            asked.append((wrong, word))
        if len(asked) == most:
            break
    offers = [(archive.search(Request(wrong, limit=1)).suggestion, word) for wrong, word in asked]
    return _judged(offers, lambda offer, word: offer == word)


def paired(archive: Archive, words: Words, most: int) -> Offers:
    """Ask for two neighbours, the one or the other with a slip."""
    random = Random(_SEED)
    often = sorted(pair for pair, stories in words.pairs.items() if stories >= _OFTEN and min(map(len, pair)) > 4)
    offers = []
    for one, other in random.sample(often, min(most, len(often))):
        wrong = random.choice(((slip(one, random), other), (one, slip(other, random))))
        if all(word in words.every for word in wrong):
            continue
        offers.append((archive.search(Request(" ".join(wrong), limit=1)).suggestion, f"{one} {other}"))
    return _judged(offers, lambda offer, pair: offer == pair)


def left_alone(archive: Archive, words: Sequence[str], most: int) -> Offers:
    """Ask for words as they are written; no offer is right."""
    some = Random(_SEED).sample(words, min(most, len(words)))
    return _judged([(archive.search(Request(word, limit=1)).suggestion, word) for word in some], lambda *_: False)


def _judged(offers: Sequence[tuple[str | None, str]], right: Callable[[str, str], bool]) -> Offers:
    made = [(offer, word) for offer, word in offers if offer is not None]
    return Offers(len(offers), len(made), sum(right(offer, word) for offer, word in made))


def measured(archive: Archive, stories: Sequence[Story], strangers: Sequence[Story], most: int) -> dict[str, Offers]:
    """Return what comes of every kind of question, `most` of each; `strangers` are stories that the archive lacks."""
    words, foreign = Words(stories), Words(strangers)
    often = sorted(word for word, number in words.plain.items() if number >= _OFTEN)
    seldom = sorted(word for word, number in words.plain.items() if number <= _SELDOM)
    names = sorted(word for word, number in words.names.items() if number <= _SELDOM)
    unknown = sorted(word for word in foreign.names if word not in words.every)
    return {
        "one slip": slipped(archive, often, words.every, 1, most),
        "two slips, words of eight letters and more": slipped(
            archive, [word for word in often if len(word) > 7], words.every, 2, most
        ),
        "two words, a slip in one": paired(archive, words, most),
        "one slip in a name of 20 stories or more": slipped(
            archive, sorted(word for word, number in words.names.items() if number >= _OFTEN), words.every, 1, most
        ),
        "names of 10 stories or fewer, as they are": left_alone(archive, names, most),
        "the same with a capital": left_alone(archive, [name.title() for name in names], most),
        "other words of 10 stories or fewer, as they are": left_alone(archive, seldom, most),
        "names that the archive lacks, as they are": left_alone(archive, unknown, most),
        "the same with a capital, after a word that it holds": left_alone(
            archive, [f"{often[0]} {name.title()}" for name in unknown], most
        ),
        "one slip in a word of 2 to 8 stories": slipped(
            archive, sorted(word for word, number in words.plain.items() if 2 <= number <= 8), words.every, 1, most
        ),
    }


def held(stories: Iterable[Story], folder: Path) -> Archive:
    """Index stories as an archive in an empty folder and open it."""
    with IndexDirectory(folder / "index").writer() as writer:
        through = 0
        for story in stories:
            writer.put(story)
            through = story.arrival
        writer.commit(through)
    return open_archive(folder)


def main() -> None:
    """Measure over all of Reuters, names that it lacks taken from Wikinews."""
    if not (known_items.REUTERS.exists() and known_items.WIKINEWS.exists()):
        sys.exit("shared/corpora is not next to the checkout")
    stories = known_items.stories(known_items.REUTERS)
    with TemporaryDirectory() as folder, held(stories, Path(folder)) as archive:
        print(f"{len(stories):,} stories of Reuters")
        for kind, offers in measured(archive, stories, known_items.stories(known_items.WIKINEWS), 1_000).items():
            print(f"{kind}: {offers}")


if __name__ == "__main__":
    main()
