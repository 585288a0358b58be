"""Where a page says when its story was published: in its marks, beside its headline, in the data of its scripts.

Which clue wins is decided by `index.readers.html` and `index.enrich.dates`. The one idea: a page is full of days that
are not its story's (other stories, events, comments, a last change), so a day counts where it is marked as the day of
publication, or stands by the headline and is all that is said there; one in a sentence, a footer or a list never does.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from lxml import etree

from index.enrich.datelabels import is_published, other_words, published_part, tells_of_change
from index.enrich.datetext import find
from index.record import DateClue

#: Meta elements that give the date of publication, best first, lower-case.
_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished",
    "date_published", "published_time", "publication_date", "publication-date", "publicationdate", "publish_date",
    "publish-date", "publishdate", "published_date", "published-date", "published", "pubdate", "pub_date", "pub-date",
    "parsely-pub-date", "sailthru.date", "bt:pubdate", "cxenseparse:recs:publishtime", "cxenseparse:publishtime",
    "article_date_original", "originalpublicationdate", "citation_publication_date", "citation_date",
    "citation_online_date", "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created", "dc.created",
    "dcterms.date", "dc.date", "prism.publicationdate", "rnews:datepublished", "article:create_at", "og:pubdate",
    "article.published", "article.created", "shareaholic:article_published_time", "vr:published_time", "article:date",
    "displaydate", "dateposted", "posted_date", "date.created", "datecreated", "created", "creation_date", "date",
    "release_date", "og:release_date", "video:release_date", "og:regdate", "timestamp", "ptime", "dat", "buildtime",
    "published_at", "publish_time", "publish-time", "publishtime", "firstpublishedtime", "dcterms:issued", "dc:date",
    "dcterms:created", "dcterms:date", "dc:created", "dcterms.datesubmitted", "dc.date.submitted", "pubtime",
    "article:publish_date", "article:publish_time", "article:post_time", "weibo:article:create_at", "pdate",
)  # fmt: skip
#: Names of other meta elements and properties that tell of the publication.
_DATED = re.compile(
    r"(?:^|[.:_-])(?:first|orig\w*)?[-_]?publi(?:sh|c)\w*[-_.]?(?:date|time|at|on)\b|date[-_.]?(?:first)?[-_.]?publi(?:sh|c)|"
    r"pub[-_.]?(?:date|time)|(?:article|story|post|issue|news|content)[-_.]?date",
    re.IGNORECASE,
)
#: Names that developers give to what holds the day of publication, or that of something else.
_PUBLISHED = re.compile(
    r"publi[sc]h?|posted|post[-_]?(?:date|time|meta)|entry[-_]?(?:date|time|meta)|article[-_]?(?:date|time|meta|info)|"
    r"pub[-_]?date|story[-_]?date|date[-_]?(?:line|time|stamp|publ|header)|timestamp|byline|author|news[-_]?(?:date|time)|"
    r"(?:^|[\s_-])(?:date|time|datum|fecha)(?:$|[\s_-])|created|dtstart|submitted",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"updat|modif|last-?mod|last (?:edited|changed|revised)|edited|revis(?:ed|ion)|aktualis|maj\b", re.IGNORECASE
)
_NOT_THE_STORYS = re.compile(
    r"related|recommend|more-|sidebar|footer|comment|most-|trending|popular|widget|teaser|(?<!no-)promo|carousel|navbar|navigation|(?:main|site|top|foot)-?nav|menu|"
    r"latest|recent|newsletter|author-?bio|bio(?:\b|_)|cookie|banner|newsticker|read-?next|also-|event|upcoming|calendar|"
    r"weather|discussion|masthead|top-?bar|today|story-?list|expire",
    re.IGNORECASE,
)
_NEVER_IN = frozenset(("footer", "aside", "nav", "figure", "figcaption", "form", "select", "button", "svg"))
_UNREAD = frozenset(("script", "style", "title", "noscript", "h1"))
_SHOWN_IN = ("span", "div", "p", "li", "small", "em", "b", "i", "h4", "h5", "h6", "td", "strong", "a")
_MARKED = "//*[@itemprop='datePublished' or @itemprop='dateCreated'" + "".join(
    f" or @property='{name}'"
    for name in ("datePublished", "schema:datePublished", "dc:date", "dc:created", "dcterms:created", "dcterms:issued")
) + "]"  # fmt: skip
_LABEL, _LONGEST, _LONGEST_VALUE = 40, 120, 60
#: How many elements beside the heading are looked at for a date, and how high an element's surroundings are asked.
_NEAR, _LEVELS, _LABEL_LEVELS = 25, 6, 2
#: Behind so many paragraphs of so many characters, the story is being told and its top is passed.
_TOLD, _PARAGRAPH = 2, 80
#: What may stand beside a date that is no part of a sentence: so many words, or this many where signs keep them apart.
_FEW_WORDS, _WORDS_APART = 2, 14

_APART = re.compile(r"[|•·/–—\n]|\s-\s")
_OPENS_LIKE_A_BYLINE = re.compile(
    r"\W*(?:by|von|par|por|di|door|av|af|autore?|author|verfasser|redactie)\b", re.IGNORECASE
)
_OTHER_LABEL = re.compile(r"([^\W\d_][^:\d]{1,30}):\s*$")
_NOT_OF_A_STORY = re.compile(
    r"©|\bcopyright|\b(?:founded|since|established|ends?|ended|expires?|until|through|thru|due|born|died|"
    r"deadline|hearing|event|opens?|closes?|prints?)\b",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(
    r"\sdata-(?:(?:article-|story-|post-)?(?:publi(?:sh|c)\w*|pub)[-_]?(?:date|time|at|on)?|"
    r"(?:article-|story-|post-)(?:datetime|timestamp))=[\"']([^\"']{8,40})[\"']",
    re.IGNORECASE,
)
_WRITTEN = re.compile(r"\b(?:show|write|print|display)_?[dD]ate\(\s*[\"']([^\"']{8,40})[\"']")
_EMBEDDED = re.compile(
    r"\\?\"(datePublished|publishedDate|published_?[aA]t|publishDate|publish_date|publicationDate|publication_date|"
    r"first_?[pP]ublish(?:ed)?(?:_?[dD]ate|_?[aA]t)?|pubDate|pub_date|display_?[dD]ate)"
    r"\\?\"\s*:\s*\\?\"([^\"\\]{8,40})\\?\""
)
_EMBEDDED_DAY = re.compile(
    r"\"(date_?published|published_?date|publication_?date|publish_?date|date_?created|date_?creation|creation_?date)\""
    r"\s*:\s*\"(\d{4}-\d\d-\d\d)\"",
    re.IGNORECASE,
)


def marked_dates(tree: Any, meta: dict[str, list[str]]) -> Iterator[DateClue]:
    """Yield what a page marks as the date of its story, best first.

    Args:
        tree: of the page.
        meta: the contents of its meta elements, by lower-case name.
    """
    for name in _META:
        for value in meta.get(name, ()):
            yield DateClue(value, f"the page's {name}")
    for name, values in meta.items():
        if name not in _META and _DATED.search(name) and not _CHANGED.search(name):
            yield from (DateClue(value, f"the page's {name}") for value in values if any(c.isdigit() for c in value))
    for element in tree.xpath(_MARKED):
        value = element.get("datetime") or element.get("content") or element.get("title") or _text(element)
        if value and element.tag != "meta" and len(value) < _LONGEST_VALUE:
            yield DateClue(value, "the page's datePublished")
    yield from _times(tree)


def _times(tree: Any) -> Iterator[DateClue]:
    """Yield the times that are the story's: marked as the publication's, then in its article, then by its heading."""
    times = tree.xpath("//time | //abbr[contains(@class, 'published')]")
    if not times:
        return
    heading = _heading(tree)
    article = _article_of(tree, heading)
    beside = set(_beside(tree)) if heading is not None else None
    found = []
    for element in times:
        own, named = _text(element), f"{_named(element)} {element.get('itemprop') or ''}"
        value = element.get("datetime") or element.get("title") or own
        if not value or len(value) >= _LONGEST_VALUE or _is_another(element) or _is_marked_as_change(element):
            continue
        if (own and not published_part(own)) or _is_labelled_as_change(element) or _is_in_running_text(element):
            continue
        marked = element.get("pubdate") is not None or "publish" in named.lower() or "entry-date" in named.lower()
        inside = any(above is article for above in element.iterancestors()) if article is not None else False
        near = beside is None or element in beside
        if marked or inside or near:
            place = 0 if marked else 1 if inside else 2
            found.append((place, DateClue(value, "the page's time element", weak=place == 2)))
    yield from (clue for _, clue in sorted(found, key=lambda entry: entry[0]))


def dates_beside(tree: Any, language: str = "") -> Iterator[DateClue]:
    """Yield short texts with a date as a reader sees them by the heading, nearest first."""
    for element in _beside(tree):
        text = _shown(element, language)
        if text and not _is_another(element):
            yield DateClue(text, "the date shown under the headline", weak=True)


def named_dates(tree: Any, language: str = "") -> Iterator[DateClue]:
    """Yield short texts with a date where the name of an element says that it holds one, but behind the story."""
    article = _article_of(tree, _heading(tree))
    passed = False
    for element in tree.iter(*_SHOWN_IN, "article", "main"):
        passed = passed or element is article
        named = _named(element)
        if not _PUBLISHED.search(named) or _CHANGED.search(named) or _is_another(element):
            continue
        text = _shown(element, language, whole=True)
        if text and not (passed and all(above is not article for above in element.iterancestors())):
            yield DateClue(text, "the date shown on the page", weak=True)


def embedded_dates(page: str) -> Iterator[DateClue]:
    """Yield the date of publication in the data a page hands its scripts, where it names a single day."""
    for form, where in (
        (_ATTRIBUTE, "an attribute of the page"),
        (_WRITTEN, "a date that a script writes on the page"),
    ):
        given = {value.strip() for value in form.findall(page)}
        if len({value[:10] for value in given}) == 1:
            yield DateClue(min(given), where, weak=True)
    found = [(match[1], match[2]) for match in _EMBEDDED.finditer(page)]
    for name in sorted({name for name, _ in found}, key=_by_preference):
        told = [value for other, value in found if other == name]
        if len({value[:10] for value in told}) == 1:
            yield DateClue(told[0], f"{name} in the page's data", weak=True)


def _by_preference(name: str) -> tuple[bool, str]:
    """Return what puts the names of a first publication, and of the day that is shown, before those of any."""
    return not name.lower().startswith(("first", "display")), name


def embedded_days(page: str) -> Iterator[DateClue]:
    """Yield the day without an hour that a page hands its scripts, where it is the same everywhere: the paper's own."""
    found = [(match[1], match[2]) for match in _EMBEDDED_DAY.finditer(page)]
    if len({day for _, day in found}) == 1:
        yield DateClue(found[0][1], f"{found[0][0]} in the page's data", weak=True)


def _shown(element: Any, language: str, *, whole: bool = False) -> str:
    """Return what an element shows of the publication, "" where that is no date or where more is told than a date.

    Args:
        element: of the page.
        language: of the page, which decides what a word before a colon may be.
        whole: with the text of the elements in it, too.
    """
    words = _text(element) if whole else " ".join(" ".join(filter(None, _own_words(element))).split())
    words = words or (element.get("aria-label") or "").strip()
    if not 6 <= len(words) <= _LONGEST or not any(character.isdigit() for character in words):
        return ""
    if _is_marked_as_change(element) or _is_labelled_as_change(element):
        return ""
    every = words if whole else _text(element)
    if every and len(every) <= _LONGEST and not published_part(every):
        return ""
    text = published_part(words)
    return text if _is_a_date_alone(text, language) else ""


def _own_words(element: Any) -> Iterator[str | None]:
    yield element.text
    yield from (child.tail for child in element)


def _is_a_date_alone(text: str, language: str) -> bool:
    """Say whether a text is a date, with who wrote the story or a word or two at most, and no sentence that has one."""
    found = find(text, language, whole=True)
    if found is None:
        return False
    before = text[: found.start]
    rest = f"{before} {text[found.end :]}"
    if _NOT_OF_A_STORY.search(rest):
        return False
    label = _OTHER_LABEL.search(before)
    if label and language[:2] in ("", "en") and not is_published(before) and other_words(label[1]):
        return False
    return _are_credits(rest, text)


def _are_credits(rest: str, text: str) -> bool:
    """Say whether what stands beside the date of a text is who wrote it and the like, and not what a sentence tells."""
    words = other_words(rest)
    if len(words) <= _FEW_WORDS or (len(words) <= 2 * _FEW_WORDS and all(word[0].isupper() for word in words)):
        return True
    kept_apart = _APART.search(rest) or _OPENS_LIKE_A_BYLINE.match(text) or is_published(rest)
    return bool(kept_apart) and len(words) <= _WORDS_APART


def _beside(tree: Any) -> Iterator[Any]:
    """Yield the elements that follow the first h1 closely, then those of its own article before it, nearest first."""
    heading = _heading(tree)
    article = _article_of(tree, heading)
    within = set() if heading is None else set(heading.iter())
    before: deque[Any] = deque(maxlen=_NEAR)
    left, told = _NEAR, 0
    passed = heading is None
    for element in tree.iter(etree.Element):
        if element.tag in _UNREAD or element in within:
            passed = passed or element is heading
        elif not passed:
            before.append(element)
        else:
            told += element.tag == "p" and len(_text(element)) > _PARAGRAPH
            left -= 1
            if left < 0 or told == _TOLD:
                break
            yield element
    for element in reversed(before):
        if article is None or any(above is article for above in element.iterancestors()):
            yield element


def _heading(tree: Any) -> Any:
    """Return the h1 with the most words, since a paper's name is often one too; None without any."""
    return max(tree.iter("h1"), key=lambda element: len(_text(element).split()), default=None)


def _article_of(tree: Any, heading: Any) -> Any:
    """Return the article, else the main part, that a heading stands in, or that the page has one of; None without."""
    for kind in ("article", "main"):
        found = list(tree.iter(kind) if heading is None else heading.iterancestors(kind))
        if found and (heading is not None or len(found) == 1):
            return found[0]
    return None


def _is_another(element: Any) -> bool:
    """Say whether an element or one of the next above it is no part of the story by its name or kind."""
    for _ in range(_LEVELS):
        if element is None or element.tag in ("body", "html", "article"):
            return False
        own_footer = element.tag == "footer" and next(element.iterancestors("article"), None) is not None
        if not own_footer and (element.tag in _NEVER_IN or _NOT_THE_STORYS.search(_named(element))):
            return True
        element = element.getparent()
    return False


def _is_marked_as_change(element: Any) -> bool:
    """Say whether an element or what directly holds it is named as the day of a change."""
    for _ in range(_LABEL_LEVELS + 1):
        if element is None or element.tag in ("body", "html", "article", "main"):
            return False
        named = f"{_named(element)} {element.get('itemprop') or ''}"
        if _CHANGED.search(named) and not _PUBLISHED.search(named):
            return True
        if len(_text(element)) > _LONGEST:
            return False
        element = element.getparent()
    return False


def _is_labelled_as_change(element: Any) -> bool:
    """Say whether the words right before an element, in its line or in the cell before, are the label of a change."""
    for _ in range(_LABEL_LEVELS):
        before, parent = element.getprevious(), element.getparent()
        if before is not None:
            words = _text(before)
            label = words if len(words) <= _LABEL and not any(character.isdigit() for character in words) else ""
            near = f"{label} {before.tail or ''}"
        else:
            near = parent.text or "" if parent is not None else ""
        if near.strip():
            return tells_of_change(near[-_LABEL:])
        if before is not None or parent is None or parent.tag in ("body", "article", "main"):
            return False
        element = parent
    return False


def _is_in_running_text(element: Any) -> bool:
    """Say whether a time is a part of a paragraph that tells something."""
    above = next(element.iterancestors("p", "li", "blockquote", "dd"), None)
    if above is None:
        return False
    text, own = _text(above), _text(element)
    return not _are_credits(text.replace(own, " ", 1), text)


def _named(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
