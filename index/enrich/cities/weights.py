"""The fitted weights of the resolver: how much each cue, consideration and look counts.

No rule; `fit` makes the numbers and `data/weights.json` keeps them, by name. The one idea: loops know columns, people
know names; here the one becomes the other.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.enrich.cities import cues, decision, senses

WEIGHTS = Path(__file__).parent / "data" / "weights.json"

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """The fitted weights.

    Attributes:
        mention: of the cues of a mention, by name.
        sense: of what speaks for a namesake.
        city: of the second look where the paper's home is known.
        city_anywhere: of the second look where it is not.
    """

    mention: dict[str, float]
    sense: dict[str, float]
    city: dict[str, float]
    city_anywhere: dict[str, float]

    @cached_property
    def of_cues(self) -> Numbers:
        """The weights of `cues.CUES`, in their order, and the bias behind them."""
        return _in_order(self.mention, (*cues.CUES, "bias"))

    @cached_property
    def of_senses(self) -> Numbers:
        """The weights of `senses.CONSIDERATIONS`, in their order."""
        return _in_order(self.sense, senses.CONSIDERATIONS)

    @cached_property
    def of_looks(self) -> tuple[Numbers, Numbers]:
        """The weights of `decision.LOOKS` and the bias behind them: where the paper's home is unknown, and known."""
        names = (*decision.LOOKS, "bias")
        return _in_order(self.city_anywhere, names), _in_order(self.city, names)


def _in_order(weights: dict[str, float], names: Sequence[str]) -> Numbers:
    return np.array([weights.get(name, 0.0) for name in names])


@cache
def shipped_weights() -> Weights:
    """Return the weights that ship with the program."""
    return Weights(**json.loads(WEIGHTS.read_text(encoding="utf-8")))
