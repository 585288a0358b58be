"""What the words beside a date say of it: that the story was published then, or that it was changed.

How a date is written is `index.enrich.datetext`'s. The one idea: a date belongs to the label before it, so a line is
cut at its labels ("Updated Jan. 25 | Published Jan. 24", in either order), and "updated" is not "published" in any
language that we know the word in.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from index.enrich.archivelines import archived_date
from index.enrich.calendars import WEEKDAY
from index.enrich.datetext import find

#: Words of publication, by their beginnings or whole.
_PUBLISHED = (
    r"\bpubli(?:sh|é|ee?\b|cad|cat|cer|ced|cir|kac|kov|kuj|ser|ziert)|\bpubblicat|\bgepubliceerd|\bpubdate|\bposted|"
    r"\bpubl\b|\bsubmitted|\brelease date|\bfor immediate release|\bpost date|\bpub\.? date|\bissue date|\bdated\b|"
    r"\bentered\b|\buploaded\b|\bpost(?:at|ad|et)\b|\bfirst (?:aired|appeared)|\bwritten\b|\bcreated\b|\bissued\b|"
    r"\bfiled\b|\breleased\b|\bveröffentlicht|\berschienen|\berstellt|\beingestellt|\bmis en ligne|\bparu\b|\bcréé|"
    r"\bcreado|\bsubido|\bopublikow|\bdodan|\butworzon|\bjulkaistu|\byayın|\beklenme|\bpublicerad|\bzveřejn|\buverejn|"
    r"\bobjavlj?en|\bmegjelen|\bközzét|\bδημοσ|опублик|опубліков|размещен|створен|"
    r"입력|등록|게재|公開|掲載|配信|発表|发布|發布|发表|發表|نشر|منتشر|انتشار|פורסם|đăng|xuất bản|\bterbit|\bditayang|"
    r"প্রকাশ|प्रकाशित|เผยแพร่"
)
#: Words of a later change.
_CHANGED = (
    r"\bupdat|\bmodif|\blast-?mod|\bedited|\brevised|\brevision|\bchanged|\bcorrected|\bcorrection|\breviewed|"
    r"\baktualis|\baktualiz|\bactuali[sz]|\bgeändert|\büberarbeitet|\bstand:|\bmise? à jour|\bm[aà]j\s*(?:le|:)|"
    r"\bbijgewerkt|\bgewijzigd|\buppdater|\boppdater|\bopdater|\bgüncel|обновл|изменен|оновл|змінен|\batualizad|\baggiornat|\bpäivitet|"
    r"\bzaktualiz|\bzměn|\bfrissít|\bmódosít|\bενημερ|"
    r"更新|修正|修改|수정|업데이트|تحديث|به ?روز|עודכן|עדכון|cập nhật|\bdiperbarui|আপডেট|হালনাগাদ|अपडेट|अद्यतन|ปรับปรุง|อัปเดต"
)
_LABEL = re.compile(f"(?P<published>{_PUBLISHED})|(?P<changed>{_CHANGED})", re.IGNORECASE)
#: In plain letters no label is shorter than four, but for one.
_LIKE_A_LABEL = re.compile(r"[a-z]{4}|maj", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_LABEL_WORD = re.compile(rf"(?:{_PUBLISHED}|{_CHANGED})\w*", re.IGNORECASE)
_WHOLE_WORD = re.compile(r"[\w-]+(?: (?:date|time)\b)?", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{2,}")
_CLOCK = re.compile(r"\d\d?[:.h]\d\d|\d\s*[ap]\.?\s?m\b", re.IGNORECASE)
#: Words of days and clocks, and the small ones between them.
_ABOUT_TIME = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|date|time|local|uhr|on|at|um|am|pm|[ap]\.m|le|el|"
    r"em|alle|kl|first|last|of|and|UTC|(?-i:[A-Z]{1,4}T))\b",
    re.IGNORECASE,
)
_APART = re.compile(r"\s*[|•·]\s*|\s+[/–—]\s+")
_CREDIT = re.compile(
    r"(?:(?:[Bb]y|BY|[Vv]on|[Pp]ar|[Pp]or)\s+)?[A-Z\u00c0-\u00de][\w.'’-]*,?"
    r"(?:\s+(?:(?:and|&|de|la|van|von)\s+)?[A-Z\u00c0-\u00de][\w.'’-]*,?){0,4}"
)
#: Who wrote, in the middle of a line; a single name only where a date stands before it.
_NAME = r"[A-Z\u00c0-\u00de][\w.'’-]*+"
_JOINED = rf"(?:,?\s+(?:(?:and|AND|und|et|&|de|la|van|von|del)\s+)?{_NAME})"
_BY = r"(?<!\w)(?:[Bb]y|BY|[Pp]ar|[Vv]on|[Pp]or|[Dd]oor|[Aa]v|[Aa]f|[Dd]i)\s+"
_WRITER = re.compile(
    rf"{_BY}{_NAME}{_JOINED}{{1,7}}|(?<=\0)[\s,–—-]*{_BY}(?:{_NAME}{_JOINED}{{0,7}}|admin|staff|editor)(?!\w)"
)
_READING = re.compile(r"\d+\s*-?\s*min(?:ute)?s?\.?\s+read\b|\bread(?:ing)? time:?\s+\d+\s*min\w*", re.IGNORECASE)
_AGO = re.compile(r"\b(?:\d+|an?)\s*(?:min(?:ute)?|h(?:ou)?r|day|week|month|year)s?\.?\s+ago\b", re.IGNORECASE)
#: Clocks, with what of a zone or a span stands by them.
_TIME = re.compile(
    r"(?<!\d)\d\d?(?:[:.h]\d\d){0,2}(?!\d)\s*(?:[ap]\.?\s?m\b\.?|h\b|uhr\b)?|(?:GMT|UTC)[+-]\d+", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_UNTIL = re.compile(r"\s*[-–—]\s*\d")
_SPAN = re.compile(r"\d\s*(?:[ap]\.?\s?m\b\.?)?\s*[-–—]\s*\d|(?<![:h\d]\d)\d\.?\s*[-–—]\s*\0")
_LITTLE = re.compile(
    r"(?<!\w)(?:às|as|à|den|der|de|dne|dnia|il|op|om|uur|ore|las|a|klo|kell|klockan|klokken|hod|godz|o|v|w|r|г|года|в|во|от|"
    r"στις|saat|pada|pukul|morning|afternoon|evening)(?!\w)",
    re.IGNORECASE,
)
_LONGEST = 160
#: A label this close behind a date, with no bracket between them, is that date's.
_CLOSE = 10
_BRACKET = re.compile(r"[(\[（]\s*\S")
#: "Edited by Jane Doe" says who, and nothing of a date.
_EDITOR = re.compile(r"(?:edited|reviewed)\s+by", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]+")
#: So many words may name who changed a story: "Updated by Jane Anne Doe on".
_A_NAME = 4
_NAMES_SOMEBODY = re.compile(r"\s*(?:by|von|par|por|da|av|af)\s", re.IGNORECASE)


def published_part(line: str) -> str:
    """Return what of a line tells of the publication: all where it has no labels; "" where it tells of a change alone.

    >>> published_part("Updated May 5, 2018, published May 4, 2018")
    'published May 4, 2018'
    >>> published_part("Actualizado: 05/02/2018")
    ''
    """
    labels = _labels(line)
    for place, label in enumerate(labels):
        if label.lastgroup == "published":
            end = next((later.start() for later in labels[place:] if later.lastgroup == "changed"), len(line))
            return line[label.start() : end]
    if not labels:
        return line
    before, behind = line[: labels[0].start()], _behind(line, labels[-1])
    if any(character.isdigit() for character in behind) or _NAMES_SOMEBODY.match(behind):
        return before if _digit_in(before) else "" if _digit_in(behind) else line
    return _without_last_date(before)


def _labels(line: str) -> list[re.Match[str]]:
    """Return the labels in a line; a date in figures alone has none, and is most of what is asked."""
    return [] if line.isascii() and not _LIKE_A_LABEL.search(line) else list(_LABEL.finditer(line))


def _behind(line: str, label: re.Match[str]) -> str:
    """Return what follows a label, whose word goes on behind the letters that it is known by."""
    end = _LETTERS.match(line, label.end())
    return line[end.end() if end else label.end() :]


def _digit_in(text: str) -> bool:
    return any(character.isdigit() for character in text)


def _without_last_date(before: str) -> str:
    """Return a line before a label that no date follows: its last date, if it is close, is the label's own."""
    rest, end, start = before, 0, 0
    while (found := find(rest, whole=True)) is not None:
        start, end = found.start, found.end
        rest = f"{rest[:start]}{' ' * (end - start)}{rest[end:]}"
    between = before[end:]
    if end and len(between) <= _CLOSE and not _BRACKET.search(between):
        return before[:start] if _digit_in(before[:start]) else ""
    return before if _digit_in(before) else ""


class DateLine(NamedTuple):
    """A line of nothing but dates, their labels and short credits.

    Attributes:
        value: the date of publication as written, "" where the line tells of a change alone.
        label: the word that says so ("Published"), "" where none does.
        credits: what stands beside it, kept apart by a sign ("By Jane Doe", "CBS News"); the line where an archive's.
    """

    value: str
    label: str
    credits: tuple[str, ...] = ()


def date_line(line: str) -> DateLine | None:
    """Return what a line says that is a date and nothing else; None for every other line.

    >>> date_line("By Jane Doe | Posted Jan. 24, 2018, 5:30 p.m.")
    DateLine(value='Jan. 24, 2018, 5:30 p.m.', label='Posted', credits=('By Jane Doe',))
    >>> date_line("The fair opens on July 4, 2018.") is None
    True
    """
    if len(line) > _LONGEST or not _DIGIT.search(line):
        return None
    return _date_line(line)


@lru_cache(1024)
def _date_line(line: str) -> DateLine | None:
    """Return what `date_line` does; readers and cleaning ask for the same lines."""
    found = find(line, whole=True)
    archived = archived_date(line, found)
    if archived:
        return DateLine(archived, "", (line,))
    if found is None:
        return None
    credits: list[str] = []
    dated: list[str] = []
    for whole in _APART.split(line):
        part, writer = _without_writer(whole)
        if _is_date_with_label(part):
            dated.append(part)
            credits.append(writer)
        elif _CREDIT.fullmatch(whole) or not whole:
            credits.append(whole)
        elif dated and _is_rest_of_date(whole):
            dated[-1] += f" {whole}"
        elif not _READING.fullmatch(whole):
            return None
    if not dated:
        return None
    told = published_part(" | ".join(dated)).strip(" |,;(-–—").removeprefix("on ")
    label = _LABEL.match(told)
    if label is None and len(_days(told)[0]) > 1:  # a life, or an exhibition
        return None
    if label is None or label.lastgroup != "published":
        return DateLine(told, "", tuple(filter(None, credits)))
    first = _WHOLE_WORD.match(told, label.start())
    word = first[0] if first else label[0]
    return DateLine(told[len(word) :].lstrip(" :-–").removeprefix("on ").strip(), word, tuple(filter(None, credits)))


def _days(text: str) -> tuple[set[tuple[int | None, int | None, int | None]], str]:
    """Return the whole dates in a text, and the text with a sign of none in their places."""
    days = set()
    while (found := find(text, whole=True)) is not None:
        if _UNTIL.match(text, found.end):  # to a later hour, or day
            return set(), text
        days.add((found.year, found.month, found.day))
        text = f"{text[: found.start]}\0{text[found.end :]}"
    return days, text


def _without_writer(text: str) -> tuple[str, str]:
    """Return a text without who wrote it, and who did; a text without a date is left as it is."""
    days, rest = _days(text)
    if not days:
        return text, ""
    writer = _WRITER.search(WEEKDAY.sub("\0", _LABEL_WORD.sub("\1", rest)))
    if writer is None:
        return text, ""
    before, _, behind = text.partition(writer[0])
    return f"{before.rstrip(' ,–—-')} {behind.lstrip(' ,–—-')}".strip(), writer[0].strip(" ,–—-")


def _is_date_with_label(text: str) -> bool:
    """Say whether a text holds a whole date, and nothing but dates, times and labels."""
    days, rest = _days(text)
    if not days or _SPAN.search(rest):
        return False
    rest = _TIME.sub(" ", _AGO.sub(" ", _READING.sub(" ", rest)))
    return not _DIGIT.search(rest) and not other_words(_LITTLE.sub(" ", WEEKDAY.sub(" ", _LABEL_WORD.sub(" ", rest))))


def _is_rest_of_date(text: str) -> bool:
    return bool(_CLOCK.search(text)) and not other_words(WEEKDAY.sub(" ", text))


def other_words(text: str) -> list[str]:
    """Return the words of a text that are no labels, and none of a day or a clock."""
    found: list[str] = _WORD.findall(_ABOUT_TIME.sub(" ", _LABEL_WORD.sub(" ", text)))
    return found


def is_published(words: str) -> bool:
    """Say whether words tell of a publication."""
    found = _LABEL.search(words)
    return found is not None and found.lastgroup == "published"


def tells_of_change(words: str) -> bool:
    """Say whether the words before a date end in the label of a change: "Updated on", but not "Edited by Jane Doe"."""
    labels = _labels(words)
    if not labels or labels[-1].lastgroup != "changed":
        return False
    rest = _behind(words, labels[-1])
    return not _EDITOR.match(words, labels[-1].start()) and len(other_words(rest)) <= (
        _A_NAME if _NAMES_SOMEBODY.search(rest) else 0
    )
