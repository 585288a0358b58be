"""What one question may make the index read: written forms, places, texts and postings, counted before they are read.

No clock: a question costs and finds the same on every machine. The one idea: whatever a question can ask for without
end is counted; where the allowance of its kind is used up, the question is cut in one way, and that is said.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from search.page import Diagnostic
from search.query import tree

#: Written forms that the stars and misspellings of one question may stand for together.
MOST_FORMS = 2_000

#: A star or misspelling that is searched by more written forms earns nothing by standing near another word, and no word
#: does in a question of more words.
MOST_NEAR_FORMS = 100
MOST_NEAR_WORDS = 32

#: Stories and words whose places are read: a word in a story counts `APART` where its places are laid out, and one
#: where they are read side by side with those of another word, which takes so much less.
MOST_PLACES = 16_000_000
APART = 8

#: Stories whose texts are read for `/same/` and `/sentence/`.
MOST_TEXTS = 1_000

#: Postings that matching may go through, for the page and for what is said about it.
MOST_POSTINGS = 400_000_000


class TooCostly(Exception):  # noqa: N818  # the house names errors by what happened
    """A question goes through too many postings; what was found by then is no answer."""

    said = Diagnostic(
        "too-costly",
        f"This goes through more than {MOST_POSTINGS // 1_000_000} million entries of the index, so nothing is shown. "
        "Fewer words, or fewer brackets with many of them, would be answered.",
        severity="warning",
    )


@dataclass
class Allowance:
    """What is left for one question."""

    forms: int = field(default_factory=lambda: MOST_FORMS)
    places: int = field(default_factory=lambda: MOST_PLACES)
    texts: int = field(default_factory=lambda: MOST_TEXTS)
    postings: int = field(default_factory=lambda: MOST_POSTINGS)

    def pass_over(self, postings: int) -> None:
        """Take postings from what is left.

        Raises:
            TooCostly: so many are not left.
        """
        self.postings -= postings
        if self.postings < 0:
            raise TooCostly


def reads(node: tree.Node, stories: int, held: Callable[[tree.Leaf], int]) -> int:
    """Return what reading the places of a node in so many stories costs at most, as `MOST_PLACES` is counted.

    Args:
        node: a tree that is matched by places.
        stories: how many are looked at.
        held: tells how many stories a leaf occurs in.

    >>> mayor, levee = tree.Word("mayor", "mayor"), tree.Word("leve", "levee")
    >>> reads(tree.Phrase((mayor, levee)), 1_000, {mayor: 500, levee: 20}.__getitem__)
    40
    """
    match node:
        case tree.Word() | tree.Exact() | tree.Pattern() | tree.Fuzzy():
            return APART * min(held(node), stories)
        case tree.Phrase(parts):
            each = APART if any(isinstance(part, tree.Pattern | tree.Fuzzy) for part in parts) else 1
            return each * len(parts) * min(stories, _most(node, held))
        case tree.Near(left, right):
            fewest = min(stories, _most(node, held))
            if isinstance(left, tree.Word | tree.Exact) and isinstance(right, tree.Word | tree.Exact):
                return 2 * fewest
            return reads(left, fewest, held) + reads(right, fewest, held)
        case tree.First(inner) | tree.AtLeast(inner):
            return reads(inner, stories, held)
        case tree.Or(parts):
            return sum(reads(part, stories, held) for part in parts)
        case _:
            return 0


def _most(node: tree.Spanning, held: Callable[[tree.Leaf], int]) -> int:
    """Return how many stories a spanning node can occur in at most."""
    match node:
        case tree.Phrase(parts):
            return min(held(part) for part in parts)
        case tree.Near(left, right):
            return min(_most(left, held), _most(right, held))
        case tree.Or(parts):
            return sum(_most(part, held) for part in parts if isinstance(part, tree.Spanning))
        case _:
            return held(node)
