"""Text with HTML in it, as fields of records have it, into plain text.

Not for whole pages (`index.readers.html`). The one idea: a text has tags where it has one that closes or breaks a line;
else "<F>" is Ford's ticker and stays, as does "a < b".
"""

from __future__ import annotations

import html
import re

_BLOCK = "p|br|div|li|ul|ol|h[1-6]|blockquote|tr|table|figure|figcaption|section|article|hr|pre"
_INLINE = (
    "a|abbr|b|cite|code|em|font|i|img|q|s|small|span|strike|strong|sub|sup|td|th|tbody|thead|time|u|iframe|video|source"
)
_UNSEEN = re.compile(r"<(script|style|figcaption|noscript)\b[^>]*>.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(rf"</?(?:{_BLOCK})\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_INLINE})\b[^<>]*>", re.IGNORECASE)
_MARKED_UP = re.compile(rf"</(?:{_BLOCK}|{_INLINE}|script|style)\s*>|<br\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{2,7}|#x[0-9a-f]{2,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)


def plain(text: str) -> str:
    r"""Return `text` without tags and entities; the ends of blocks are line ends.

    >>> plain("<p>The <b>bridge</b> is closed.</p><p>AT&amp;T says a < b.</p>").split("\\n\\n")
    ['The bridge is closed.', 'AT&T says a < b.']
    """
    if "<" in text and _MARKED_UP.search(text):
        text = _UNSEEN.sub("", text)
        if re.search(r"</p\s*>|<p\b|<br\b|</div", text, re.IGNORECASE):
            text = re.sub(r"[ \t]*\n[ \t]*", " ", text)  # in HTML a line end is a space
        text = re.sub(r" *\n *", "\n", _TAG.sub("", _BREAK.sub("\n\n", text)))
        text = re.sub(r"\n{2,}", "\n\n", text).strip("\n")
    if "&" in text:
        text = _ENTITY.sub(_unescaped, _ENTITY.sub(_unescaped, text))
    return text


def _unescaped(match: re.Match[str]) -> str:
    return html.unescape(match.group())
