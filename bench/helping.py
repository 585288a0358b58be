"""How long the help on the way takes, beside the page itself: completion, did you mean, related, have we covered this.

Only Morgue has these, so no peer is asked. The one idea: helps and pages are asked in turn, story by story, and timed
by the processor, so that what else the machine does falls on none of them.
"""

from __future__ import annotations

import gc
import itertools
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from bench.questions import SAMPLE
from index import Story
from search import Request, open_archive
from search.covered import covered

#: Letters of a headline that are typed, one after the other.
_TYPED = 14

PAGE_FEW, PAGE_MANY = "page of a word in ten stories or fewer", "page of a word in 0.3 to 3 % of the stories"
SLIP, PAIR = "page of a word with a slip", "page of two neighbours, one with a slip"
FIRST, COMPLETION = "the first completion of all", "completion, at every letter"
STORY, RELATED, COVERED = (
    "a story with its copies",
    "related: its thread",
    "covered: a draft of two stories' paragraphs",
)


@dataclass(frozen=True, slots=True)
class Helped:
    """One kind of answer, and the seconds of the processor that every counted one took."""

    kind: str
    seconds: tuple[float, ...]


def helped(directory: Path, stories: Iterable[Story], each: int, repeats: int, seed: int = 7) -> list[Helped]:
    """Ask the archive of `directory`, ready as a server has it, about `each` of its stories.

    Args:
        directory: an archive of `stories`.
        stories: those of them that are read first are drawn from.
        each: stories drawn.
        repeats: times that each question is counted, after once uncounted.
        seed: of the draw.
    """
    read = list(itertools.islice(stories, SAMPLE))
    chance = random.Random(seed)
    drawn = chance.sample(read, min(each, len(read)))
    containing = Counter(word for story in read for word in set(_words(story)))
    middling = sorted(word for word, number in containing.items() if 0.003 <= number / len(read) < 0.03)
    once = sorted(word for word, number in containing.items() if number == 1 and len(word) > 5)
    seconds: dict[str, list[float]] = {
        kind: [] for kind in (PAGE_FEW, PAGE_MANY, SLIP, PAIR, FIRST, COMPLETION, STORY, RELATED, COVERED)
    }

    def ask(kind: str, question: Callable[[], object], times: int = repeats) -> None:
        for turn in range(times + 1):
            gc.collect(0)
            start = time.thread_time()
            question()
            end = time.thread_time()
            if turn:
                seconds[kind].append(end - start)

    with open_archive(directory) as archive:
        archive.warm()
        start = time.thread_time()
        archive.complete("a")
        seconds[FIRST].append(time.thread_time() - start)
        few = [word for word in chance.sample(once, min(20 * each, len(once))) if 0 < archive.counts((word,))[0] <= 10]
        for number, story in enumerate(drawn):
            word, other = chance.choice(middling), chance.choice(middling)
            ask(PAGE_MANY, partial(archive.search, Request(word)))
            if number < len(few):
                ask(PAGE_FEW, partial(archive.search, Request(few[number])))
            wrong = _slip(word, chance)
            ask(SLIP, partial(archive.search, Request(wrong)))
            pair = f"{other} {wrong}"
            ask(PAIR, partial(archive.search, Request(pair)))
            for letters in range(1, min(len(story.article.headline), _TYPED) + 1):
                typed = story.article.headline[:letters]
                ask(COMPLETION, partial(archive.complete, typed))
            ask(STORY, partial(archive.story, story.article.id))
            ask(RELATED, partial(archive.related, story.article.id))
            draft = _draft(story, chance.choice(drawn))
            ask(COVERED, partial(covered, archive, draft))
    return [Helped(kind, tuple(times)) for kind, times in seconds.items()]


def lines(found: Iterable[Helped], stories: int) -> list[str]:
    """Return the table as Markdown lines."""
    out = [
        f"## Help on the way, {stories:,} stories",
        "",
        "| processor ms | median | 95 % | most | asked |",
        "|---|---|---|---|---|",
    ]
    for each in found:
        if each.seconds:
            figures = np.percentile(each.seconds, (50, 95, 100)) * 1000
            out.append(
                f"| {each.kind} | " + " | ".join(f"{figure:.2f}" for figure in figures) + f" | {len(each.seconds):,} |"
            )
    return out


def _words(story: Story) -> list[str]:
    return [word for word in story.article.body.lower().split() if word.isalpha() and len(word) > 3]


def _slip(word: str, chance: random.Random) -> str:
    """Return a word with two neighbouring letters swapped, or one left out where they are the same."""
    place = chance.randrange(1, len(word) - 1)
    swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return swapped if swapped != word else word[:place] + word[place + 1 :]


def _draft(one: Story, other: Story) -> str:
    """Return a draft that has the beginning of one story and the end of another word for word."""
    first, last = one.article.body.split(), other.article.body.split()
    return " ".join(first[: len(first) // 2] + last[len(last) // 2 :])
