"""Every word that a reader sees stands in `web.words`, so that one folder is what is translated."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

WEB = Path(__file__).parents[2] / "web"
TEMPLATES = sorted((WEB / "templates").glob("*.html"))

#: Attributes that are read out or shown.
_SPOKEN = ("aria-label", "title", "alt", "placeholder")


class _Words(HTMLParser):
    """Collects what a template itself says: text and spoken attributes, but for what is typed as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.typed = 0

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.typed += name in ("code", "pre", "text")
        self.said += [value or "" for key, value in attributes if key in _SPOKEN]

    def handle_endtag(self, name: str) -> None:
        self.typed -= name in ("code", "pre", "text")

    def handle_data(self, data: str) -> None:
        if not self.typed:
            self.said.append(data)


def own_words(template: str) -> list[str]:
    words = _Words()
    shown = re.sub(r"{% block kind %}\w+{% endblock %}", "", template)  # the kind of page, which only the style reads
    words.feed(re.sub(r"{{.*?}}|{%.*?%}", " ", shown, flags=re.DOTALL))
    return [text.strip() for text in words.said if re.search(r"[^\W\d_]{2}", text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_of_its_own(path: Path) -> None:
    assert own_words(path.read_text("utf-8")) == []


def test_a_word_in_a_template_would_be_found() -> None:
    template = '<p title="Over {{ here }}">{{ w.A }} and <b>{% if b %}there{% endif %}</b>, <code>not</code></p>'
    assert own_words(template) == ["Over", "and", "there"]


def test_pages_of_prose_are_in_the_same_place() -> None:
    assert {path.name for path in (WEB / "words" / "prose").iterdir()} == {"about.html", "help.html"}


def test_no_word_is_kept_that_no_page_says() -> None:
    written = [*WEB.rglob("*.py"), *TEMPLATES]
    said = Counter(re.findall(r"\w+", "\n".join(path.read_text(encoding="utf-8") for path in written)))
    kept = [
        name
        for path in sorted((WEB / "words").glob("*.py"))
        for name in re.findall(r"(?m)^([A-Z]\w+)(?::| =)", path.read_text(encoding="utf-8"))
    ]
    assert kept
    assert [name for name in kept if said[name] < 2] == []
