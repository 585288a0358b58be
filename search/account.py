"""What a hit's score is made of: parts that add up to it, in numbers.

No engine and no wording here. The one idea: every part says from what it was reckoned, so that a reader who doubts an
order can do the sum, and a test does it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InField:
    """A word in one text field of a story.

    Attributes:
        field: one of `index.ranking.FIELDS`.
        times: how often it stands there.
        words: length of the field in this story.
        average: mean length of the field in the archive, in words.
        weight: what one occurrence counts there, before length is looked at.
        counts: what all of them count, longer fields counting less.
    """

    field: str
    times: int
    words: int
    average: float
    weight: float
    counts: float


@dataclass(frozen=True, slots=True)
class WordShare:
    """What one word of the query earns: `rarity * saturated`.

    Attributes:
        word: the word as the sentence above the results has it.
        stories: how many stories it occurs in.
        rarity: its inverse document frequency.
        fields: where it stands in this story; fields without it are left out.
        frequency: sum of what the fields count.
        saturated: that sum, each further occurrence counting less.
        earns: the part of the score.
    """

    word: str
    stories: int
    rarity: float
    fields: tuple[InField, ...]
    frequency: float
    saturated: float
    earns: float


@dataclass(frozen=True, slots=True)
class NearShare:
    """What two words that follow one another in the query earn by standing `distance` words apart (1: side by side)."""

    words: tuple[str, str]
    distance: int
    earns: float


@dataclass(frozen=True, slots=True)
class Account:
    """A hit's score in parts: words and nearness add up to `sum`; that times `recency`, rounded, is the score.

    Attributes:
        id: of the story.
        score: as in `search.page.Hit`.
        words: in the order of the query, those that earn.
        nearness: pairs of them that earn.
        recency: the factor; 1 where newer stories are not preferred.
        held: stories of the archive, which rarity is reckoned from.
        partial: whether the story holds only some of the words.
    """

    id: str
    score: float
    words: tuple[WordShare, ...]
    nearness: tuple[NearShare, ...]
    recency: float
    held: int
    partial: bool = False

    @property
    def sum(self) -> float:
        """The parts added up, before recency."""
        return sum(share.earns for share in self.words) + sum(share.earns for share in self.nearness)

    @property
    def by_recency(self) -> float:
        """What recency adds to the sum; never above 0, the newest story losing nothing."""
        return self.sum * (self.recency - 1.0)
