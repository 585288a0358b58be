"""The judged set: what readers type, which sample stories answer it, and how well a ranked list does.

It knows nothing of the engine. The one idea: a story is recognised by its text, so that a judgement speaks of every
copy of it, and no id that an archive makes up has to be written down by hand.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index import readers
from index.record import Record

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
JUDGED = Path(__file__).with_name("judged.toml")


@dataclass(frozen=True)
class Judgement:
    """One query, the same as a sentence, the need behind both, and the grade (2 or 1) of each text that answers it."""

    query: str
    question: str
    need: str
    grades: Mapping[str, int]


def texts_by_name(folder: Path = SAMPLES) -> dict[str, str]:
    """Return the text of every sample story by its given id, else by its path below `folder`."""
    texts: dict[str, str] = {}
    for record in readers.records([str(folder)]):
        if isinstance(record, Record):
            draft = readers.draft(record)
            name = draft.given_id or Path(record.path).relative_to(folder).as_posix()
            texts[name] = draft.body  # a later line of the same id is the story's correction
    return texts


def judgements(path: Path = JUDGED) -> list[Judgement]:
    """Return the judged set.

    Raises:
        KeyError: a judgement names a story that the samples do not hold.
    """
    texts = texts_by_name()
    queries = tomllib.loads(path.read_text("utf-8"))["query"]
    return [
        Judgement(
            query["text"],
            query["question"],
            query["need"],
            {texts[name]: grade for name, grade in query["relevant"].items()},
        )
        for query in queries
    ]


def ndcg(texts: Sequence[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Return the normalised discounted cumulative gain of a ranked list of texts, 0 to 1.

    A text counts where it stands first; its copies further down gain nothing. Gain is 2^grade - 1, the discount
    log2(rank + 1).

    Source: Burges et al., "Learning to Rank using Gradient Descent", 2005.
    """
    gains = [
        2 ** grades.get(text, 0) - 1 if text not in texts[:place] else 0 for place, text in enumerate(texts[:depth])
    ]
    best = sorted((2**grade - 1 for grade in grades.values()), reverse=True)[:depth]
    return _discounted(gains) / _discounted(best)


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(place + 2) for place, gain in enumerate(gains))
