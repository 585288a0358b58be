"""The links, forms and text of an HTML page, for tests to compare."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class Tag:
    name: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Document:
    """Every element of a page in order, each with the text directly and indirectly inside it."""

    tags: list[Tag] = field(default_factory=list)

    def all(self, name: str, /, **attributes: str) -> list[Tag]:
        return [
            tag
            for tag in self.tags
            if tag.name == name
            and all(tag.attributes.get(key.rstrip("_")) == value for key, value in attributes.items())
        ]

    def one(self, name: str, /, **attributes: str) -> Tag:
        (tag,) = self.all(name, **attributes)
        return tag

    def text(self, name: str, /, **attributes: str) -> list[str]:
        return [" ".join(tag.text.split()) for tag in self.all(name, **attributes)]

    @property
    def links(self) -> list[str]:
        return [tag.attributes["href"] for tag in self.all("a") if "href" in tag.attributes]


class _Parser(HTMLParser):
    void = frozenset({"meta", "link", "input", "br", "line", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.document = Document()
        self.open: list[Tag] = []

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        tag = Tag(name, {key: value or "" for key, value in attributes})
        self.document.tags.append(tag)
        if name not in self.void:
            self.open.append(tag)

    def handle_startendtag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.document.tags.append(Tag(name, {key: value or "" for key, value in attributes}))

    def handle_endtag(self, name: str) -> None:
        assert self.open, f"</{name}> closes nothing"
        tag = self.open.pop()
        assert tag.name == name, f"</{name}> closes <{tag.name}>"

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            tag.text += data


def parse(html: str) -> Document:
    """Return the elements of a page; fails where an element is closed out of order or not at all."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    assert parser.open == [], [tag.name for tag in parser.open]
    return parser.document
