"""HTML of many like pieces: forms with gaps on one side, the texts that go into the gaps on the other.

It knows no page. The one idea: whatever goes into a gap is escaped, always, and all of it in one go, so that a page
of a thousand values is as safe as a template's without a call for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

#: Stands between texts that are escaped together; a text that holds one itself is noticed.
_BETWEEN = "\x1f"


class Sheet:
    """A piece of a page that is being written.

    Example:
        >>> sheet = Sheet()
        >>> sheet.add('<li class="%s">%s</li>', "town", "<Bath>")
        >>> sheet.html()
        Markup('<li class="town">&lt;Bath&gt;</li>')
    """

    __slots__ = ("_forms", "_texts")

    def __init__(self) -> None:
        self._forms: list[str] = []
        self._texts: list[str] = []

    def add(self, form: str, *texts: str) -> None:
        """Write on.

        Args:
            form: HTML as it is, a constant of ours, each gap a `%s`, a percent sign doubled.
            texts: what goes into the gaps, as plain text; inside a tag a gap stands between double quotes.
        """
        self._forms.append(form)
        self._texts += texts

    def extend(self, forms: Iterable[str], texts: Iterable[str]) -> None:
        """Write on with several forms, and the texts for the gaps of all of them."""
        self._forms += forms
        self._texts += texts

    def html(self) -> Markup:
        """Return what was written.

        Raises:
            TypeError: there are more gaps than texts, or more texts than gaps.
        """
        return Markup("".join(self._forms) % tuple(escaped(self._texts)))  # noqa: S704  # all that is not ours is escaped


def escaped(texts: Sequence[str]) -> list[str]:
    """Return texts as HTML has them, also between quotes.

    >>> escaped(["a & b", "", '"c"'])
    ['a &amp; b', '', '&#34;c&#34;']
    """
    pieces = str.split(escape(_BETWEEN.join(texts)), _BETWEEN)
    return pieces if len(pieces) == len(texts) else [str(escape(text)) for text in texts]
