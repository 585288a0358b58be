"""What the index answers with: frozen values around NumPy arrays, and what can be wrong with an index.

No files and no decoding here. The one idea: everything that crosses from the index to the evaluator is an array over
the stories of one segment, so that a whole results page is arithmetic on arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Array: TypeAlias = npt.NDArray[Any]
Bools: TypeAlias = npt.NDArray[np.bool_]
Bytes: TypeAlias = npt.NDArray[np.uint8]
Ints: TypeAlias = npt.NDArray[np.int32]
Longs: TypeAlias = npt.NDArray[np.int64]
Unsigned: TypeAlias = npt.NDArray[np.uint32]

#: Value of the `day` and `last_day` columns for a story without a date; smaller than every day.
UNDATED = -(2**31)

#: The columns that hold values of stories: the four facets, every city named at all ("mentions"), the type of story.
FACET_COLUMNS = ("city", "section", "source", "byline", "mentions", "type")

#: Whether an index can be searched as it is ("current"), must be built ("none") or built again ("outdated").
Readiness = Literal["current", "none", "outdated"]


@dataclass(frozen=True, slots=True)
class Postings:
    """The stories of a segment that hold a stem.

    Attributes:
        docs: document numbers within the segment, ascending, u4[n]; deleted stories are among them.
        frequencies: occurrences in each field, u4[n, 3], in the order of `ranking.FIELDS`.
    """

    docs: Unsigned
    frequencies: Unsigned


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Where a stem stands, for the postings of `Postings` in the same order.

    Attributes:
        offsets: i8[n + 1]; occurrences of posting k are `offsets[k]:offsets[k + 1]`.
        positions: u4[total], ascending within a posting. A headline of h words has positions 0 to h - 1; the body
            begins at h + `analysis.HEADLINE_GAP`, lead and rest counted through.
        forms: u2[total], which written form each is (the `code` of `Form`); None where the stem has one form only.
    """

    offsets: Longs
    positions: Unsigned
    forms: npt.NDArray[np.uint16] | None


class Form(NamedTuple):
    """One written form of a stem: as it stands in the texts, without accents and possessive (`analysis.Term.form`).

    `folded` is `form` without regard to capitals; `code` is what `Occurrences.forms` calls it.
    """

    folded: str
    form: str
    stem: int
    code: int


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """The values that stories have in one facet.

    Stories share *combinations* of values, so a facet of many values a story still counts with one `bincount`.

    Attributes:
        codes: i4[count], the combination of each story; combination 0 is empty: a story without a value.
        offsets: i4[combinations + 1]; the values of combination c are `values[offsets[c]:offsets[c + 1]]`.
        values: i4, index into `keys`; within a combination each once, in the story's order.
        keys: the facet keys (`City.key`; else the value as written).
        labels: what to show for each key (`City.label`; else the key).
    """

    codes: Ints
    offsets: Ints
    values: Ints
    keys: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Whether an index can be used, and the sentence that says why not ("" where it can)."""

    readiness: Readiness
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Damage:
    """A file of the index that is not as it was written: which, what part of it, and what that part holds."""

    path: str
    part: str
    reason: str


class NoIndex(Exception):  # noqa: N818  # the house names errors by what happened
    """There is no index yet, or one that this program cannot read; the message says what to do."""


class IndexDamaged(Exception):  # noqa: N818  # the house names errors by what happened
    """A file of the index is cut short or changed; the message names it and says what to do."""


class IndexLocked(Exception):  # noqa: N818  # the house names errors by what happened
    """Another process is writing to the index."""
