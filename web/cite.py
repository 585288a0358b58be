"""A story as a reference: in a sentence, as BibTeX, as RIS and as CSL-JSON.

Text in the formats that reference managers read; no routes and no searching. The one idea: a reference says what is
known and no more, so a story without a date or a byline has none here either.

Formats: RIS as Reference Manager 2001 and today's readers have it (TY, TI, AU, T2, DA, ...); BibTeX with UTF-8 text;
CSL-JSON 1.0.2 (Citation Style Language, type "article-newspaper").
"""

from __future__ import annotations

import json
from typing import Any

from index.article import Article, fold
from web import words
from web.formats import Formats, known_period

_BIBTEX_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "$": r"\$",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def plain(article: Article, address: str, archive: str, formats: Formats) -> str:
    """Return the reference as one sentence.

    >>> plain(Article(headline="Bridge closed", published="1997-03-04"), "http://x/1", "A", Formats())
    '“Bridge closed.” March 4, 1997. A, http://x/1.'
    """
    title = article.headline or words.UNTITLED
    stop = "" if title.endswith((".", "?", "!", "…")) else "."
    where = ", ".join(part for part in (article.source, formats.published(article.published) or words.NO_DATE) if part)
    author = f"{article.byline.rstrip('.')}. " if article.byline else ""
    return f"{author}“{title}{stop}” {where}. {archive}, {address}."


def ris(article: Article, address: str, note: str = "") -> str:
    """Return the reference as one RIS record, with a note where one is given; lines end with CR LF, as RIS wants."""
    known = known_period(article.published)
    lines = [("TY", "NEWS"), ("ID", article.id), ("TI", article.headline or words.UNTITLED)]
    lines += [("AU", name) for name in article.bylines]
    if article.source:
        lines.append(("T2", article.source))
    if known and article.published:
        parts = [*article.published[:10].split("-"), "", ""][:3]
        lines += [("PY", parts[0]), ("DA", "/".join(parts) + "/")]
    lines += [("CY", city.label) for city in article.facet_cities[:1]]
    if article.section:
        lines.append(("SE", article.section))
    if article.language:
        lines.append(("LA", article.language))
    if note:
        lines.append(("N1", note))
    lines += [("UR", address), ("ER", "")]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines)


def bibtex(article: Article, address: str) -> str:
    """Return the reference as a BibTeX entry of the type `article`."""
    known = known_period(article.published)
    first_name = article.bylines[0].rpartition(" ")[2] if article.bylines else article.source
    key = "".join(part for part in (fold(first_name), str(known.first.year) if known else "", fold(article.id)) if part)
    fields = [("title", f"{{{_tex(article.headline or words.UNTITLED)}}}")]
    if article.bylines:
        fields.append(("author", " and ".join(_tex(name) for name in article.bylines)))
    if article.source:
        fields.append(("journal", _tex(article.source)))
    if known and article.published:
        fields.append(("year", f"{known.first.year}"))
        if known.precision != "year":
            fields.append(("month", f"{known.first.month}"))
        if known.precision in ("day", "time"):
            fields.append(("date", known.first.isoformat()))
    fields.append(("url", address))
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
    return f"@article{{{key},\n{body}\n}}\n"


def csl(article: Article, address: str) -> dict[str, Any]:
    """Return the reference as an item of CSL-JSON."""
    item: dict[str, Any] = {
        "id": article.id,
        "type": "article-newspaper",
        "title": article.headline or words.UNTITLED,
        "URL": address,
    }
    if article.bylines:
        item["author"] = [{"literal": name} for name in article.bylines]
    if article.source:
        item["container-title"] = article.source
    if article.section:
        item["section"] = article.section
    if article.language:
        item["language"] = article.language
    if known_period(article.published) and article.published:
        item["issued"] = {"date-parts": [[int(part) for part in article.published[:10].split("-")]]}
    return item


def csl_text(article: Article, address: str) -> str:
    """Return the reference as a CSL-JSON document."""
    return json.dumps([csl(article, address)], ensure_ascii=False, indent=2) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return "".join(_BIBTEX_SPECIAL.get(character, character) for character in _line(text))
