"""`python -m tests.search.query.costly ARCHIVE`: the questions that cost most, and what each costs.

Every way of asking for much at once that the language has, made of the archive's commonest words, as wide, as deep and
as long as the parser takes it. The one idea: limits on what is asked (words, distance, depth) and on what is read
(`search.embedded.allowance`) are right where the costliest question is bearable.

Not a test: figures need a large archive and a quiet machine. The ten dearest are printed, the dearest first.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice, product
from pathlib import Path
from string import ascii_lowercase

import numpy as np

from index.embedded import IndexDirectory
from search.embedded import open_embedded
from search.embedded.columns import Columns
from search.query.lexer import MAX_DEPTH, MAX_LENGTH
from search.query.parser import NEAR_MOST
from search.query.words import MAX_WORDS
from search.request import Request

#: Seconds of processor time that a question may take at 200,000 stories.
LIMIT = 5.0

_SHOWN = 10


@dataclass(frozen=True)
class Cost:
    """What a question costs: processor time in seconds, the first time and at best, and the stories found."""

    name: str
    text: str
    first: float
    best: float
    total: int


def questions(words: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of costly questions, of words that are the archive's commonest, commonest first."""
    some = words[:MAX_WORDS]
    few = words[:8]
    pairs = ["".join(two) for two in product(ascii_lowercase, repeat=2)]
    prefixes = [f"{pair}*" for pair in pairs[:MAX_WORDS]]
    endings = [f"*{pair}{last}" for last in "esn" for pair in pairs][:MAX_WORDS]
    inner = [f"{pair[0]}*{pair[1]}" for pair in pairs][:MAX_WORDS]
    slips = [f"{word}~2" for word in some]
    yield "every story", "*"
    yield "the commonest word", words[0]
    yield "all but a word", f"-{words[0]}"
    for name, many in (
        ("common words", some),
        ("beginnings of two letters", prefixes),
        ("endings of three letters", endings),
        ("inner stars", inner),
        ("misspellings by two letters", slips),
    ):
        yield f"{name}, OR", _fitting(many, " OR ")
        yield f"{name}, AND", _fitting(many, " ")
        yield f"{name}, none of them", _fitting(many, " ", each="-{}")
        yield f"{name}, a phrase", f'"{_fitting(many, " ")}"'
        yield f"{name}, a phrase of two", f'"{many[0]} {many[1]}"'
        yield f"{name}, near one another", _fitting(many, f" near{NEAR_MOST} ")
        yield f"{name}, two near one another", f"{many[0]} near{NEAR_MOST} {many[1]}"
        yield f"{name}, two heaps near", _heaps(many, f" near{NEAR_MOST} ")
        yield f"{name}, two heaps in order", _heaps(many, f" adj{NEAR_MOST} ")
        yield f"{name}, in one paragraph", _heaps(many, " /same/ ")
        yield f"{name}, all in one sentence", _fitting(many, " /sentence/ ")
        yield f"{name}, at least 3 times", f"atleast3 ({_fitting(many, ' OR ')})"
        yield f"{name}, at the beginning", f"first9999 ({_fitting(many, ' OR ')})"
        yield f"{name}, in the headline", f"headline:({_fitting(many, ' OR ')})"
        yield f"{name}, each near each", f"({' '.join(many[:8])}) near{NEAR_MOST} ({' '.join(many[8:16])})"
    yield "deep brackets", _deep(words)
    yield "phrases, OR", _fitting([f'"{one} {other}"' for one, other in product(few, few)], " OR ")
    yield "phrases near phrases", _heaps([f'"{one} {other}"' for one, other in product(few, few)], " near50 ")
    yield "exact forms, OR", _fitting([f"={word.title()}" for word in some], " OR ")
    yield "as long as can be", ("x " * MAX_LENGTH)[:MAX_LENGTH]
    yield "values", f"byline:({_fitting(some, ' OR ')})"
    yield "far around", "near:chicago~20000km"
    yield "half a star", "b* a* *c ?d*"


def _fitting(parts: list[str], joint: str, each: str = "{}") -> str:
    """Return as many of the parts as a question has room for."""
    text = ""
    for part in parts:
        longer = f"{text}{joint}{each.format(part)}" if text else each.format(part)
        if len(longer) > MAX_LENGTH - 100:
            break
        text = longer
    return text


def _heaps(parts: list[str], joint: str) -> str:
    half = len(parts) // 2
    return f"({_fitting(parts[:half], ' OR ')}){joint}({_fitting(parts[half:], ' OR ')})"


def _deep(words: list[str]) -> str:
    """Return brackets as deep as they are understood, AND, OR and NOT in turn."""
    text = words[0]
    for word, joint in islice(zip(cycle(words[:12]), cycle((" ", " OR ", " NOT "))), MAX_DEPTH):
        text = f"({text}){joint}({word} OR {word[:2]}*)"
    return text


def commonest(columns: Columns, many: int) -> list[str]:
    """Return the words of most stories that are searched outside of phrases, as stories write them."""
    from index import analysis

    segment = max(columns.segments, key=lambda one: one.live_count)
    stems = segment.lexicon.stems
    counts = np.array([segment.posting_count(number) for number in range(len(stems))])
    found: list[str] = []
    analyzer = analysis.Analyzer()
    for number in np.argsort(-counts).tolist():
        word = segment.forms_of(number)[0].folded
        if word.isalpha() and len(word) > 3 and not analysis.is_common(analyzer.term(word)):
            found.append(word)
        if len(found) == many:
            break
    return found


def measured(archive: Path) -> list[Cost]:
    """Return what each question costs in an archive, the dearest first."""
    with IndexDirectory(archive / "index").open() as generation:
        words = commonest(Columns(generation), MAX_WORDS)
    costs = []
    for name, text in questions(words):
        # Opened anew, so that nothing that another question has read helps this one.
        with open_embedded(archive) as opened:
            opened.warm()
            times = []
            for _ in range(3):
                began = time.process_time()
                page = opened.search(Request(text))
                times.append(time.process_time() - began)
                if times[0] > LIMIT:
                    break
            costs.append(Cost(name, text, times[0], min(times), page.total))
            print(f"{times[0]:8.3f} {min(times):8.3f} {page.total:>9,}  {name}", file=sys.stderr)
    return sorted(costs, key=lambda cost: -cost.first)


def main(archive: str) -> None:
    """Print the dearest questions; exit with 1 where one is over the limit."""
    costs = measured(Path(archive))
    print(f"{len(costs)} questions; processor seconds, the first time and the best of three; stories found")
    for cost in costs[:_SHOWN]:
        text = cost.text if len(cost.text) < 60 else f"{cost.text[:57]}…"
        print(f"{cost.first:8.3f} {cost.best:8.3f} {cost.total:>9,}  {cost.name}: {text}")
    sys.exit(costs[0].first > LIMIT)


if __name__ == "__main__":
    main(*sys.argv[1:])
