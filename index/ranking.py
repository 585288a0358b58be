"""The ranking formula and its constants: BM25F, a bounded bonus for nearness, and optional recency.

Only arithmetic: no engine, no index, no text. It is the one place where a number that decides an order may stand; the
writer, the engines and the tests all take it from here.

BM25F (Robertson, Zaragoza and Taylor, "Simple BM25 extension to multiple weighted fields", CIKM 2004; notation of
Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009, section 3.6): the frequencies of a term in the
fields of a story are weighted and normalised by each field's length, summed, and *then* saturated once.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

#: The text fields in the order every array of this program has them.
FIELDS = ("headline", "lead", "body")

#: How much one occurrence in each field weighs; order of FIELDS. "body" is the text after the lead.
FIELD_WEIGHTS = (5.0, 2.0, 1.0)

#: How strongly each field's length normalises (0: not at all, 1: fully); order of FIELDS.
LENGTH_NORMALISATION = (0.5, 0.75, 0.7)

#: Saturation: how quickly further occurrences stop counting.
K1 = 0.6

#: A lead is the first paragraph, but no more words than this.
LEAD_WORDS = 60

#: Share of the commoner word's weight that two neighbouring query words earn by standing side by side.
PROXIMITY = 0.5

#: Words further apart than this earn nothing.
PROXIMITY_WINDOW = 8

#: Days in which the recency factor falls half of the way to its floor.
RECENCY_HALF_LIFE = 365.0

#: Arrays of numbers, one a story; a NumPy scalar is one too.
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Averages:
    """Mean field lengths in words, frozen in a generation's settings so that scores do not move with every commit."""

    headline: float = 8.0
    lead: float = 30.0
    body: float = 300.0

    def in_order(self) -> tuple[float, float, float]:
        """The three in the order of FIELDS."""
        return (self.headline, self.lead, self.body)


def inverse_document_frequency(stories: int, containing: int) -> float:
    """Return the weight of a term that `containing` of `stories` hold; never negative (Lucene's form of BM25's idf)."""
    return float(np.log1p((stories - containing + 0.5) / (containing + 0.5)))


def length_norm(field: int, length: Numbers, average: float) -> Numbers:
    """Return what a frequency in `field` (index into FIELDS) is divided by; length and average in words."""
    b = LENGTH_NORMALISATION[field]
    return 1.0 - b + b * length / max(average, 1.0)


def saturate(pseudo_frequency: Numbers) -> Numbers:
    """Return the saturated part of BM25F for the summed, weighted, normalised frequency of one term."""
    return pseudo_frequency * (K1 + 1.0) / (pseudo_frequency + K1)


def is_sentence(asked: int) -> bool:
    """Say whether so many words are a sentence, few of whose words need be in a story, and not a choice of words.

    A number here is no constant of the index, which holds nothing that depends on it.
    """
    return asked > 4


def enough_words(asked: int) -> int:
    """Return how many of several words a story must hold to be shown where few hold all.

    It is half of them, rounded up; of a sentence a third, but two.

    >>> [enough_words(asked) for asked in (1, 2, 3, 4, 5, 8, 9)]
    [1, 1, 2, 2, 2, 2, 3]
    """
    return max(asked // 3, 2) if is_sentence(asked) else (asked + 1) // 2


def proximity_bonus(idf: float, next_idf: float, distance: Numbers) -> Numbers:
    """Return what two query words that follow one another in the query earn in a story.

    Args:
        idf: weight of the one word.
        next_idf: weight of the other.
        distance: smallest difference of their positions in one text, 1 for neighbours, in either order; same shape out.
    """
    near = distance <= PROXIMITY_WINDOW
    return PROXIMITY * min(idf, next_idf) * near / np.maximum(distance, 1.0)


def recency_factor(strength: float, age_days: Numbers) -> Numbers:
    """Return the factor of a story by its age: 1 for the archive's newest, never below 1 / (1 + strength).

    Args:
        strength: 0 (off) to 1; what `Request.recency` holds.
        age_days: days before the newest story, not negative; `np.inf` for an undated story.
    """
    fresh = np.exp2(-age_days / RECENCY_HALF_LIFE)
    return (1.0 + strength * fresh) / (1.0 + strength)
