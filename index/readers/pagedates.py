"""Where a page says when its story was published: in its marks, beside its headline, in the data of its scripts.

Which clue wins is decided by `index.readers.html` and `index.enrich.dates`. The one idea: a page is full of days that
are not its story's (other stories, events, comments, a last change), so a day counts where it is marked as the day of
publication, or stands by the headline and is all that is said there; one in a sentence, a footer or a list never does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from index.enrich.datelabels import is_published, other_words, published_part, tells_of_change
from index.enrich.datetext import find
from index.readers.pagelayout import Layout, name_words, text_of
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
    "release_date", "og:release_date", "video:release_date", "og:regdate", "ptime", "dat",
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
#: What a class or id is called that holds the day of publication, or a day of whatever it is in; and that of a change.
_PUBLISHED = frozenset("published publish publication pubdate posted pub".split())
_DATES = _PUBLISHED | frozenset(
    "date time datetime timestamp dateline byline author created submitted dtstart datum fecha data meta".split()
)
_CHANGED = frozenset("updated update modified modification changed revised edited lastmod aktualisiert mod".split())
_CHANGE = re.compile(r"updat|modif|last-?mod|edited|revis(?:ed|ion)|changed|aktualis", re.IGNORECASE)
_SHOWN_IN = ("span", "div", "p", "li", "small", "em", "b", "i", "h4", "h5", "h6", "td", "strong", "a")
_MARKED = "//*[@itemprop='datePublished' or @itemprop='dateCreated'" + "".join(
    f" or @property='{name}'"
    for name in ("datePublished", "schema:datePublished", "dc:date", "dc:created", "dcterms:created", "dcterms:issued")
) + "]"  # fmt: skip
_LABEL, _LONGEST, _LONGEST_VALUE = 40, 120, 60
#: How high what an element directly stands in is asked, and how many lines of an element without any of its own in it.
_LABEL_LEVELS, _LINES = 2, 4
#: What may stand beside a date that is no part of a sentence: so many words, or this many where signs keep them apart.
_FEW_WORDS, _WORDS_APART = 2, 14

_APART = re.compile(r"[|•·/–—\n]|\s-\s")
_OPENS_LIKE_A_BYLINE = re.compile(
    r"\W*(?:by|von|par|por|di|door|av|af|autore?|author|verfasser|redactie|special to|from staff|staff report)\b",
    re.IGNORECASE,
)
_OTHER_LABEL = re.compile(r"([^\W\d_][^:\d]{1,30}):\s*$")
_NOT_OF_A_STORY = re.compile(
    r"©|\bcopyright|\b(?:founded|since|established|ends?|ended|expires?|until|through|thru|due|born|died|geboren|gestorben|"
    r"né le|née le|nacid[oa]|nascid[oa]|nat[oa] il|deadline|hearing|event|opens?|closes?|prints?|printed|"
    r"retrieved|effective|as of|recorded|apply|taken|timespan|appeared)\b",
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
_TIME = "the page's time element"
_TIMES = (
    "//*[self::time or self::relative-time or (self::abbr and contains(@class, 'published')) or @data-datetime "
    "or @data-timestamp or @publishdate or contains(@class, 'timeago')]"
)
#: Attributes that give a moment, best first.
_VALUES = ("datetime", "title", "data-datetime", "data-timestamp", "publishdate")
_INLINE = frozenset("span strong b em i small label a font time abbr bdi u".split())
_BOLD = frozenset("b i em strong font a u".split())
_UNSEEN = frozenset("script style svg img noscript br".split())
_CELLS = frozenset(("dt", "th", "td"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NAME_PART = re.compile(r"[a-z]+")
_CAMEL_PART = re.compile(r"[A-Z]?[a-z]+")
#: A date is not shorter; a note behind one is not longer.
_SHORTEST, _NOTE = 6, 16


def marked_dates(tree: Any, meta: dict[str, list[str]], layout: Layout) -> Iterator[DateClue]:
    """Yield what a page marks as the date of its story, best first; what it does not quite mark so is weak.

    Args:
        tree: of the page.
        meta: the contents of its meta elements, by lower-case name.
        layout: of the page.
    """
    for name in _META:
        for value in meta.get(name, ()):
            yield DateClue(value, f"the page's {name}")
    for name, values in meta.items():
        if name not in _META and _DATED.search(name) and not _CHANGE.search(name):
            yield from (DateClue(value, f"the page's {name}") for value in values if any(c.isdigit() for c in value))
    for element in tree.xpath(_MARKED):
        value = element.get("datetime") or element.get("content") or element.get("title") or text_of(element, _LONGEST)
        if value and len(value) < _LONGEST_VALUE and not layout.is_another(element, marked=True):
            yield DateClue(value, "the page's datePublished")
    yield from _times(tree, layout)


def _times(tree: Any, layout: Layout) -> Iterator[DateClue]:
    """Yield the times of the story: marked as its publication's, by its heading, and elsewhere in its article."""
    marked: list[str] = []
    near: list[str] = []
    far: list[str] = []
    for element in tree.xpath(_TIMES):
        own = text_of(element, _LONGEST)
        value = next(filter(None, map(element.get, _VALUES)), own)
        as_published = element.get("pubdate") is not None or name_words(element) & _PUBLISHED or _is_entry_date(element)
        if not value or len(value) >= _LONGEST_VALUE or layout.is_another(element, marked=bool(as_published)):
            continue
        if (own and not published_part(own)) or _is_marked_as_change(element) or _is_labelled_as_change(element):
            continue
        if _is_in_running_text(element):
            continue
        if as_published:
            marked.append(value)
        elif layout.heading is None or element in layout.beside:
            near.append(value)
        elif layout.is_inside(element):
            far.append(value)
    in_no_doubt = layout.heading is not None
    yield from (DateClue(value, _TIME) for value in marked)
    yield from (DateClue(value, _TIME, weak=not (in_no_doubt or layout.article is not None)) for value in near)
    yield from (DateClue(value, _TIME, weak=True) for value in far if len({each[:10] for each in far}) == 1)


def _is_entry_date(element: Any) -> bool:
    return {"entry", "date"} <= name_words(element)


def dates_beside(layout: Layout, language: str = "") -> Iterator[DateClue]:
    """Yield short texts with a date as a reader sees them by the heading: labelled as published, then the nearest."""
    found = list(filter(None, (_told_by(line, language) for line in _lines_behind(layout.heading))))
    for element in layout.beside:
        text = _shown(element, language)
        if text and not layout.is_another(element) and not (element.tag in _INLINE and _is_in_running_text(element)):
            found.append(text)
    for text in sorted(found, key=is_published, reverse=True):
        yield DateClue(text, "the date shown under the headline", weak=True)


def _lines_behind(heading: Any) -> Iterator[str]:
    """Yield the lines that follow a heading as bare text, cut at line breaks: as pages without style had them."""
    if heading is None:
        return
    words = [heading.tail or ""]
    for element in islice(heading.itersiblings(), _LINES * _LABEL_LEVELS):
        if element.tag == "br":
            yield " ".join(" ".join(words).split())
            words = []
        elif element.tag in _BOLD:
            words.append(text_of(element, _LONGEST))
        else:
            break
        words.append(element.tail or "")
    yield " ".join(" ".join(words).split())


def _told_by(line: str, language: str) -> str:
    """Return what a short line tells of the publication, where it is a date alone; else ""."""
    told = published_part(line) if _SHORTEST <= len(line) <= _LONGEST else ""
    return told if told and _is_a_date_alone(told, language) else ""


def named_dates(tree: Any, layout: Layout, language: str = "") -> Iterator[DateClue]:
    """Yield short texts with a date where the name of an element says that it holds the publication's."""
    found, near = [], set(layout.beside)
    for element in tree.iter(*_SHOWN_IN):
        words = name_words(element)
        if not words & _DATES or words & _CHANGED or layout.is_another(element):
            continue
        explicit = bool(words & _PUBLISHED) or _is_entry_date(element) or {"post", "date"} <= words
        text = _shown(element, language, whole=True)
        told = explicit or element in near or layout.heading is None or _OPENS_LIKE_A_BYLINE.match(text)
        if text and told and (layout.article is None or layout.is_inside(element) or element in near):
            found.append((not explicit, text))
    yield from (DateClue(text, "the date shown on the page", weak=True) for _, text in sorted(found, key=_first))


def _first(entry: tuple[bool, str]) -> bool:
    return entry[0]


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
        language: of the page.
        whole: it counts where it has no words of its own, too; else those in it are asked for theirs.
    """
    if not whole and not any(_own_lines(element)) and not element.get("aria-label"):
        return ""
    every = text_of(element, _LONGEST) or (element.get("aria-label") or "").strip()
    if len(every) < _SHORTEST or (len(every) <= _LONGEST and not any(character.isdigit() for character in every)):
        return ""
    if _is_marked_as_change(element) or _is_labelled_as_change(element):
        return ""
    if whole and len(every) <= _LONGEST and any(map(_is_marked_as_change, element.iterdescendants(*_INLINE))):
        return ""
    if len(every) <= _LONGEST:
        told = published_part(every)
        if not told or _is_a_date_alone(told, language):
            return told
        found = find(told, language, whole=True)
        if found and _is_labelled_otherwise(told[: found.start]):
            return ""
    return next(filter(None, (_told_by(line, language) for line in islice(_own_lines(element), _LINES))), "")


def _own_lines(element: Any) -> Iterator[str]:
    """Yield an element's own words, without those of the elements in it, cut at line breaks."""
    words = [element.text or ""]
    for child in element:
        if child.tag == "br":
            yield " ".join(" ".join(words).split())
            words = []
        words.append(child.tail or "")
    yield " ".join(" ".join(words).split())


def _is_a_date_alone(text: str, language: str) -> bool:
    """Say whether a text is one date, with who wrote the story or a word or two at most, and no sentence with one."""
    found = find(text, language, whole=True)
    if found is None:
        return False
    before = text[: found.start]
    rest = f"{before} {text[found.end :]}"
    if _NOT_OF_A_STORY.search(rest) or find(rest, language, whole=True) is not None:
        return False
    return not _is_labelled_otherwise(before) and _are_credits(rest, text)


def _is_labelled_otherwise(before: str) -> bool:
    """Say whether the words before a date end in a label that is not of a publication: "Deadline:"."""
    label = _OTHER_LABEL.search(before)
    return label is not None and not is_published(before) and bool(other_words(label[1]))


def _are_credits(rest: str, text: str) -> bool:
    """Say whether what stands beside the date of a text is who wrote it and the like, and not what a sentence tells."""
    words = other_words(rest)
    if len(words) <= _FEW_WORDS or (len(words) <= 2 * _FEW_WORDS and all(word[0].isupper() for word in words)):
        return True
    bylined = _OPENS_LIKE_A_BYLINE.match(text) or _OPENS_LIKE_A_BYLINE.match(rest.strip(" ,"))
    kept_apart = _APART.search(rest) or bylined or is_published(rest)
    return bool(kept_apart) and len(words) <= _WORDS_APART


def _is_marked_as_change(element: Any) -> bool:
    """Say whether an element or what directly holds it is named as the day of a change."""
    for _ in range(_LABEL_LEVELS + 1):
        if element is None or element.tag in ("body", "html", "article", "main"):
            return False
        names = [*(element.get("class") or "").split(), element.get("id") or "", element.get("itemprop") or ""]
        parts = [frozenset(_NAME_PART.findall(name.lower())) | _of_camel(name) for name in names]
        changed = [part for part in parts if part & _CHANGED]
        told = any(part & _PUBLISHED or {"entry", "date"} <= part for part in parts if not part & _CHANGED)
        if changed and not (told and all(part == {"updated"} for part in changed)):
            return True
        if len(text_of(element, _LONGEST)) > _LONGEST:
            return False
        element = element.getparent()
    return False


def _of_camel(name: str) -> frozenset[str]:
    return frozenset(part.lower() for part in _CAMEL_PART.findall(name))


def _is_labelled_as_change(element: Any) -> bool:
    """Say whether the words right beside an element are the label of a change, or of what is no publication.

    They are those before it in its line or in the cell before, or a note right behind it: "(updated)".
    """
    behind = (element.tail or "").strip()[:_NOTE]
    if behind and tells_of_change(behind) and not any(character.isdigit() for character in behind):
        return True
    for _ in range(_LABEL_LEVELS):
        near, parent = _words_before(element), element.getparent()
        if near.strip():
            return tells_of_change(near) or _is_labelled_otherwise(near)
        if parent is None or parent.tag in ("body", "article", "main"):
            return False
        element = parent
    return False


def _words_before(element: Any) -> str:
    """Return the words before an element in what holds it: of its line, or of a cell that holds nothing but a label."""
    near = ""
    before = element.getprevious()
    while before is not None and len(near) < _LABEL:
        if isinstance(before.tag, str):
            words = text_of(before, _LABEL) if before.tag not in _UNSEEN else ""
            if before.tag not in _INLINE and words:
                alone = len(words) <= _LABEL and not other_words(words) and not any(c.isdigit() for c in words)
                cell = before.tag in _CELLS and len(words) <= _LABEL
                return (
                    f"{words}{'' if not cell or words.endswith(':') else ':'} {before.tail or ''}{near}"
                    if ((alone and before.tag not in _HEADINGS) or cell)
                    else f"{before.tail or ''}{near}"
                )
            near = f"{words} {before.tail or ''}{near}"
        before = before.getprevious()
    parent = element.getparent()
    return (f"{parent.text or ''} {near}" if before is None and parent is not None else near)[-_LABEL:]


def _is_in_running_text(element: Any) -> bool:
    """Say whether an element is a part of a paragraph that tells something."""
    above = next(element.iterancestors("p", "li", "blockquote", "dd"), None)
    if above is None or name_words(above) & _DATES:
        return False
    text = text_of(above, 2 * _LONGEST)
    return len(text) > 2 * _LONGEST or not _are_credits(text.replace(text_of(element, _LONGEST), " ", 1), text)
