"""NITF, the XML in which agencies and editorial systems exchange stories: one document, one story.

The News Industry Text Format of the IPTC (https://iptc.org/standards/nitf/), versions 3.0 to 3.6, with or without its
namespace, as agencies send it and as The New York Times' annotated corpus has it. Other XML of the trade (NewsML, RSS)
is not read here. The one idea: each field of a draft is the first of a few elements that say it, best first, and
elements are found by name wherever they stand, since no two systems fill the same ones.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html.entities import html5

from lxml import etree

from index.enrich.dates import copyright_clues
from index.readers.encoding import clean_line, decode
from index.readers.fields import known, web_address
from index.readers.registry import Origin, Reader, Unreadable
from index.readers.text import whole_file
from index.record import DateClue, Draft, Record, Refusal
from index.storytype import known_type

_ROOT = re.compile(rb"<(?:\w+:)?nitf[\s>]")
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"\s*<\?xml[^>]{1,100}?encoding\s*=\s*[\"']([\w:.-]+)")
#: Names for characters that HTML and NITF's own DTD know and XML without its DTD does not.
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_BARE = re.compile(r"&(?![A-Za-z#][A-Za-z0-9]*;)")
_OWN_ENTITIES = frozenset(("amp", "lt", "gt", "quot", "apos"))

#: Where a day of publication stands, best first: element, attribute. `date.expire` and `revision-history` are no such.
_DATES = (
    ("pubdata", "date.publication"),
    ("date.release", "norm"),
    ("date.issue", "norm"),
    ("story.date", "norm"),
)
#: What of `body.content` is no text of the story.
_ASIDE = frozenset(("media", "note", "ednote", "media-caption", "media-producer", "fn", "object", "virtloc"))
_CONTAINERS = frozenset(("block", "ol", "ul", "dl", "table", "bq", "blockquote"))
_PARAGRAPHS = frozenset(("p", "hl1", "hl2", "li", "dt", "dd", "credit", "pre", "tr", "hr", "br"))
#: Names of `meta` that the corpus of The New York Times has for a section, beside the everyday ones.
_SECTIONS = ("online_sections", "dsk")


def _sniff(head: bytes) -> float:
    return 1.0 if head.startswith(b"<") and _ROOT.search(head[:4096]) else 0.0


def _split(stream: io.BufferedReader, origin: Origin) -> Iterator[Record | Refusal]:
    return whole_file("nitf", stream, origin)


def _draft(record: Record) -> Draft:
    declared = _ENCODING.match(record.raw)
    return draft_of_document(decode(record.raw, declared.group(1).decode("ascii") if declared else ""))


def draft_of_document(document: str) -> Draft:
    """Return what the source of a NITF document says.

    Raises:
        Unreadable: where it is no NITF.
    """
    root = _parsed(document)
    body = _text(root)
    return Draft(
        given_id=_attribute(root, "doc-id", "id-string"),
        headline=_words(root, "hl1") or _words(root, "hedline") or _words(root, "title"),
        body=body or "\n\n".join(_paragraphs(root.find(".//abstract"))),
        byline=_byline(root),
        section=_section(root),
        source=_attribute(root, "pubdata", "name") or _words(root, "distributor"),
        url=web_address(_attribute(root, "pubdata", "ex-ref")),
        dateline=_dateline(root),
        language=root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
        types=tuple(filter(None, map(known_type, _types(root)))),
        dates=(*_dates(root), *copyright_clues(body)),
        cities=tuple(dict.fromkeys(_event_places(root))),
    )


def _parsed(document: str) -> etree._Element:
    """Return the document's root, names without their namespace; small faults of the XML are mended as lxml mends them.

    Entities that a document defines for itself are dropped, so that none can grow or fetch anything.
    """
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        text = _ENTITY.sub(_character, _BARE.sub("&amp;", _DECLARATION.sub("", document, count=1)))
        root = etree.fromstring(text, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is not None:
        for element in root.iter(etree.Element):
            element.tag = etree.QName(element).localname
        for found in root.iter("nitf"):
            return found
    raise Unreadable("there is no NITF document in it; if it is plain text, read it with --format text")


def _character(entity: re.Match[str]) -> str:
    name = entity.group(1)
    return entity.group() if name in _OWN_ENTITIES else html5.get(f"{name};", "")


def _attribute(root: etree._Element, name: str, attribute: str) -> str:
    """Return the first value that an element `name` has for `attribute`, or ""."""
    return next((clean_line(value) for element in root.iter(name) if (value := element.get(attribute))), "")


def _words(root: etree._Element, name: str) -> str:
    """Return the words of the first element `name` that has any, or ""."""
    return next((found for element in root.iter(name) if (found := _line(element))), "")


def _line(element: etree._Element) -> str:
    return clean_line("".join(element.itertext()))


def _byline(root: etree._Element) -> str:
    """Return the first byline without the writer's title; one put in order for an index ("DOE, JANE") is none."""
    for element in root.iter("byline"):
        if "normalized" in element.get("class", ""):
            continue
        persons = [found for person in element.iter("person") if (found := _line(person))]
        for title in element.iter("byttl"):
            title.text, title[:] = None, []
        if found := " and ".join(persons) or _line(element):
            return found
    return ""


def _section(root: etree._Element) -> str:
    named = {meta.get("name", "").lower(): clean_line(meta.get("content", "")) for meta in root.iter("meta")}
    everyday = next((value for name, value in named.items() if value and known(name) == "section"), "")
    section = everyday or next((named[name] for name in _SECTIONS if named.get(name)), "")
    printed = _attribute(root, "pubdata", "position.section")
    return section.split(";")[0].strip() or (printed if len(printed) > 2 else "")  # "A" and "B4" are sheets


def _dateline(root: etree._Element) -> str:
    """Return the place of the dateline as written, without the day beside it."""
    element = root.find(".//dateline")
    if element is None:
        return ""
    for day in element.iter("story.date"):
        day.text, day[:] = None, []
    return _line(element).rstrip(" ,;:-\u2013\u2014")


def _types(root: etree._Element) -> Iterator[str]:
    """Yield what the document calls its story: the properties of its subject say more than the kind of news."""
    for element in root.iter("tobject.property"):
        yield element.get("tobject.property.type", "")
    for meta in root.iter("meta"):
        if known(meta.get("name", "")) == "type":
            yield meta.get("content", "")
    for element in root.iter("tobject"):
        yield element.get("tobject.type", "")


def _dates(root: etree._Element) -> Iterator[DateClue]:
    for name, attribute in _DATES:
        if value := _attribute(root, name, attribute):
            yield DateClue(value, f"NITF {name if attribute == 'norm' else attribute}")


def _event_places(root: etree._Element) -> Iterator[str]:
    """Yield where the document says that its event took place, as "Norfolk, VA, US"."""
    for element in root.iter("evloc"):
        city = element.get("city")
        if city:
            yield ", ".join(
                clean_line(part) for part in (city, element.get("state-prov"), element.get("iso-cc")) if part
            )


def _text(root: etree._Element) -> str:
    """Return the story: of blocks that hold it whole and its opening again, the whole one."""
    content = root.find(".//body.content")
    if content is None:
        return ""
    whole = content.find("block[@class='full_text']")
    return "\n\n".join(_paragraphs(content if whole is None else whole))


def _paragraphs(element: etree._Element | None) -> Iterator[str]:
    """Yield the paragraphs below an element in order, its own bare text among them."""
    if element is None:
        return
    bare = element.text or ""
    for child in element:
        if child.tag in _ASIDE:
            pass
        elif child.tag in _CONTAINERS or child.find(".//p") is not None:
            yield from filter(None, (clean_line(bare), *_paragraphs(child)))
            bare = ""
        elif child.tag in _PARAGRAPHS:
            yield from filter(None, (clean_line(bare), _line(child)))
            bare = ""
        else:
            bare += "".join(child.itertext())
        bare += child.tail or ""
    if last := clean_line(bare):
        yield last


READER = Reader("nitf", (".nitf",), _sniff, _split, _draft)
