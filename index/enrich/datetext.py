"""Dates as people and programs write them, in whole and inside a line of text.

Not the decision which date is the story's (`index.enrich.dates`), and not dates as readers type them in a query. The
one idea: a date is read only where it can be read in one way; where the order of day and month is open, the locale
decides and a note says so; a year that is not written is not supplied.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from index.dates import month_first
from index.enrich.calendars import PERSIAN_MONTHS, common_year, folded_month, from_persian, months_of, plain_digits

#: Names of the months, January to December, by language; the forms of one month are joined by "/", its words by "_".
_MONTHS = (
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct "
    "november/nov december/dec",
    "januar/jan/jänner/jänner februar/feb/feber märz/mrz/mär/maerz april/apr mai juni/jun juli/jul august/aug "
    "september/sep/sept oktober/okt november/nov dezember/dez",
    "janvier/janv février/févr/fév/fevrier mars avril/avr mai juin juillet/juil août/aout septembre/sept octobre/oct "
    "novembre/nov décembre/déc/decembre",
    "enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago septiembre/setiembre/sep/sept "
    "octubre/oct noviembre/nov diciembre/dic",
    "gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago settembre/set/sett "
    "ottobre/ott novembre/nov dicembre/dic",
    "janeiro/jan fevereiro/fev março/mar/marco abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set "
    "outubro/out novembro/nov dezembro/dez",
    "januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep/sept oktober/okt "
    "november/nov december/dec",
    "januari/jan februari/feb mars/mar april/apr maj juni/jun juli/jul augusti/aug september/sep oktober/okt "
    "november/nov december/dec",
    "januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug september/sep oktober/okt "
    "november/nov december/dec",
    "tammikuu/tammikuuta helmikuu/helmikuuta maaliskuu/maaliskuuta huhtikuu/huhtikuuta toukokuu/toukokuuta "
    "kesäkuu/kesäkuuta heinäkuu/heinäkuuta elokuu/elokuuta syyskuu/syyskuuta lokakuu/lokakuuta "
    "marraskuu/marraskuuta joulukuu/joulukuuta",
    "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec "
    "sierpnia/sierpień września/wrzesień października/październik listopada/listopad grudnia/grudzień",
    "ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen "
    "září října/říjen listopadu prosince/prosinec",
    "január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta septembra októbra/október "
    "novembra decembra",
    "január/jan február/febr/feb március/márc április/ápr május/máj június/jún július/júl augusztus/aug "
    "szeptember/szept október/okt november/nov december/dec",
    "ianuarie/ian februarie/feb martie aprilie mai iunie/iun iulie/iul august/aug septembrie/sep octombrie/oct "
    "noiembrie/noi decembrie/dec",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "января/янв/январь февраля/фев/февр/февраль марта/мар/март апреля/апр/апрель мая/май июня/июн/июнь июля/июл/июль "
    "августа/авг/август сентября/сен/сент/сентябрь октября/окт/октябрь ноября/ноя/нояб/ноябрь декабря/дек/декабрь",
    "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень "
    "серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень",
    "януари февруари март април май юни юли август септември октомври ноември декември",
    "ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ απριλίου/απρίλιος/απρ μαΐου/μάιος/μαϊ "
    "ιουνίου/ιούνιος/ιουν ιουλίου/ιούλιος/ιουλ αυγούστου/αύγουστος/αυγ σεπτεμβρίου/σεπτέμβριος/σεπ "
    "οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοε δεκεμβρίου/δεκέμβριος/δεκ",
    "januari februari maret april mei juni juli agustus september oktober november desember/des",
    "januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sep oktober/okt "
    "november/nov desember/des",
    "siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga/studenog prosinca",
    "يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر",
    "كانون_الثاني شباط آذار/اذار نيسان أيار/ايار حزيران تموز آب/اب أيلول/ايلول تشرين_الأول/تشرين_الاول تشرين_الثاني "
    "كانون_الأول/كانون_الاول",
    "جانفي فيفري مارس أفريل/افريل ماي جوان جويلية أوت/اوت سبتمبر أكتوبر نوفمبر ديسمبر",
    "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "জানুয়ারি/জানুয়ারী ফেব্রুয়ারি/ফেব্রুয়ারী মার্চ এপ্রিল মে জুন জুলাই আগস্ট/আগষ্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "gener febrer/febr març abril maig juny juliol agost/ag setembre octubre novembre desembre/des",
)


def _month_names() -> dict[str, int]:
    """Return month numbers by lower-case name; a name that two languages give to two months is in none."""
    found: dict[str, int] = {}
    doubtful: set[str] = set()
    for language in _MONTHS:
        for number, names in enumerate(language.split(), 1):
            for name in names.replace("_", " ").split("/"):
                for form in (name, folded_month(name)):
                    if found.setdefault(form, number) != number:
                        doubtful.add(form)
    return {name: number for name, number in found.items() if name not in doubtful}


MONTHS = _month_names()

#: Letters, and the signs of scripts whose vowels are signs.
_LETTER = r"(?:[^\W\d_]|[\u0900-\u109f\u1780-\u17ff])"
_MONTH = (
    rf"(?P<month>(?:كانون|تشرين)\s+ال[^\W\d_]{{3,6}}|(?:[\u0e00-\u0e7f]{{1,3}}\.){{2}}|{_LETTER}{{2,15}})(?![^\W_])\.?"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?"
_YEAR = r"(?P<year>1[3-9]\d\d|2[05]\d\d)(?!\d)"
_OF = r"(?:\s*(?:(?:de|del|of|di)\s+|d['’]\s*)|[\s,،.\u00a0-]+)"
_ZONE = r"(?:\s*(?P<zone>Z\b|[+-]\d{2}:?\d{2}\b|(?:UTC|GMT)(?:[+-]\d{1,2}(?::?\d\d)?)?(?!\w)|\(?[A-Z]{1,3}T\)?(?!\w)))?"
_CLOCK = (
    r"(?<!\d)(?P<hour>2[0-4]|[01]?\d)(?!\d)(?:[:.h](?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:[.,]\d+)?)?(?!\d))?"
    rf"(?:\s*(?P<half>[ap])\.?\s?m\b\.?)?{_ZONE}"
)

#: Dates that are whole, then those that stop at the month.
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\d/-])(?P<year>\d{4})(?P<cut>[-/.])(?P<mon>\d{1,2})(?P=cut)(?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<day>\d{1,2})\s+tháng\s+(?P<mon>\d{1,2})(?:\s+năm|,)?\s+(?P<year>\d{4})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})\s*[年년]\s*(?P<mon>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]",
        rf"(?<!\d){_DAY}{_OF}(?:(?:[^\W\d_]+\s)?[^\W\d_]+\s*/\s*)?{_MONTH}{_OF}{_YEAR}",
        rf"(?<![\w/-])(?P<day>\d{{1,2}})(?P<cut>[/-])(?P<month>{_LETTER}{{3,10}})(?P=cut)(?P<year>\d{{4}}|\d\d)(?![\d/-])",
        rf"(?<![\w/-])(?P<year>\d{{4}})(?P<cut>[/-])(?P<month>{_LETTER}{{3,10}})(?P=cut)(?P<day>\d{{1,2}})(?![\d/-])",
        rf"(?<!\w){_MONTH}\s*{_DAY}\s*(?:[,،]\s*|[.]?\s+){_YEAR}",
        rf"(?<!\w){_MONTH}\s+{_DAY}\s+(?=\d\d?:\d\d)(?:[\d:.]+\s+)(?:(?:[A-Z]{{1,4}}|[+-]\d{{4}})\s+)?{_YEAR}",  # ctime
        rf"(?<!\d){_YEAR}(?: m)?[\s.,]+{_MONTH}\s+{_DAY}",
        rf"(?<!\d){_YEAR}\.? gada {_DAY}\s+{_MONTH}",
        r"(?<![\d/.-])(?P<one>\d{1,2})(?P<cut>\.)[ \u00a0](?P<two>\d{1,2})\.[ \u00a0](?P<year>\d{4})(?!\d)",
        r"(?:(?<![\d/.-])|(?<=[\u05d0-\u05ea]-))(?P<one>\d{1,2})(?P<cut>[/.-])(?P<two>\d{1,2})(?P=cut)(?P<year>\d{4}|\d\d)(?![\d/]|\.\d)",
        rf"(?<!\w)(?<!\d[ .]){_MONTH}{_OF}{_YEAR}",  # not of a day that there is none of: 31 February 2018
        r"(?<![\d/-])(?P<year>1[5-9]\d\d|20\d\d)-(?P<mon>0\d|1[0-2])(?![\d-])",
    )
)
_MONTHLY = 2
_WITHOUT_YEAR = tuple(
    re.compile(pattern, re.IGNORECASE) for pattern in (rf"(?<!\w){_MONTH}\s*{_DAY}(?!\d)", rf"(?<!\d){_DAY}\s+{_MONTH}")
)
_AT = r"\b(?:at|um|à|às|a las|alle|ore|kl\.?|om|в|о|saat|pukul|o godz)\b\.?"
_TIME_AFTER = re.compile(rf"(?:T|(?:\s*[,|•·@/_–—-])?\s*(?:{_AT})?\s*){_CLOCK}", re.IGNORECASE)
_TIME_BEFORE = re.compile(rf"{_CLOCK}\s*[,|•·–—-]?\s*(?:on\s+)?(?:[^\W\d]{{2,10}}\.?,?\s+)?$", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?)?")
#: How far clocks are off UTC, in minutes: from Baker Island to the Line Islands.
_WEST, _EAST = -12 * 60, 14 * 60
_OFFSET = re.compile(r"([+-])(\d{1,2}?):?(\d\d)?")
_SPAN_END = re.compile(r"-\d\d:\d\d")
#: Of a whole date the day and the year at least are numbers.
_TWO_NUMBERS = re.compile(r"\d\D+\d")
_BARE_YEAR = re.compile(r"\d{4}")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")

_OFFSETS = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "GMT": 0, "UTC": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "WEST": 1,
    "BST": 1, "SGT": 8, "HKT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
_ZONES = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles"}


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was read.

    Attributes:
        year, month, day: None where not written.
        clock: "T17:30:00-05:00", with the offset only where it is written, or "".
        note: what had to be decided, in words, or "".
        start, end: the characters it was read from.
    """

    year: int | None
    month: int | None = None
    day: int | None = None
    clock: str = ""
    note: str = ""
    start: int = 0
    end: int = 0

    @property
    def published(self) -> str | None:
        """The form of `Article.published`; None where the year is not known."""
        if self.year is None:
            return None
        text = f"{self.year:04d}"
        if self.month:
            text += f"-{self.month:02d}"
            if self.day:
                text += f"-{self.day:02d}{self.clock}"
        return text


def read(text: str, locale: str = "en-US", zone: str = "UTC") -> Written | None:
    """Return the date that `text` as a whole states, or None where it states none or it cannot be told.

    Beside what `find` knows: `2018`, `20180124`, and seconds or milliseconds since 1970.

    Args:
        text: of a field or a line that is said to be a date.
        locale: decides whether 1/2/2018 is in January or in February (`index.dates.month_first`).
        zone: IANA name of the time zone in which seconds since 1970 are told.
    """
    text = text.strip()
    if _BARE_YEAR.fullmatch(text):
        return Written(int(text), end=4)
    compact = _COMPACT.fullmatch(text)
    if compact and is_day(*(int(part) for part in compact.groups()[:3])):
        year, month, day, hour, minute, second, offset = compact.groups()
        told = bool(hour) and int(hour) < 24 and int(minute) < 60 and int(second or 0) < 60
        clock = f"T{hour}:{minute}:{second or '00'}{_offset(offset, None)}" if told else ""
        return Written(int(year), int(month), int(day), clock, end=len(text))
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text) >= 12 and "." not in text else 1)
        moment = datetime.fromtimestamp(int(seconds), ZoneInfo(zone))
        return Written(
            moment.year, moment.month, moment.day, moment.isoformat()[10:], "seconds since 1970", 0, len(text)
        )
    return find(text, locale)


def find(text: str, locale: str = "en-US", *, whole: bool = False) -> Written | None:
    """Return the first date in `text` that has a year; with `whole`, only one that has day, month and year."""
    text = plain_digits(text)
    if whole and not _TWO_NUMBERS.search(text):
        return None
    best: Written | None = None
    for pattern in _PATTERNS[:-_MONTHLY] if whole else _PATTERNS:
        for match in pattern.finditer(text):
            if best is not None and match.start() >= best.start:
                break
            written = _written(match, locale)
            if written is not None:
                best = written
                break
        if best is not None and best.start == 0:
            break
    return best


def find_without_year(text: str) -> Written | None:
    """Return the first day and month in `text` that stand without a year ("March 26 -")."""
    for pattern in _WITHOUT_YEAR:
        for match in pattern.finditer(text):
            month, day = MONTHS.get(folded_month(match["month"]), 0), int(match["day"])
            if is_day(2000, month, day):
                return Written(None, month, day, start=match.start(), end=match.end())
    return None


def _month(name: str, locale: str) -> int:
    """Return the number of a month by its name in the language of `locale`, else in any; 0 for no name of a month."""
    name = folded_month(name)
    if not locale or locale.startswith("en"):
        return MONTHS.get(name, 0)
    return months_of(locale).get(name) or MONTHS.get(name, 0)


def _written(match: re.Match[str], locale: str) -> Written | None:
    given = match.groupdict()
    note = ""
    year = int(given["year"])
    if len(given["year"]) == 2:
        year += 2000 if year < 70 else 1900
        note = f"two-digit year taken for {year}"
    if given.get("one"):
        one, two = int(given["one"]), int(given["two"])
        month_comes_first = month_first(locale, given["cut"])
        if one > 12 or two > 12:
            month_comes_first = two > 12
        elif one != two and given["cut"] != ".":
            note = "; ".join(
                filter(None, (note, f"the {'month' if month_comes_first else 'day'} first, as is usual here"))
            )
        month, day = (one, two) if month_comes_first else (two, one)
    else:
        name = given.get("month") or ""
        month = _month(name, locale) if name else int(given["mon"])
        day = int(given["day"]) if given.get("day") else 0
        persian = PERSIAN_MONTHS.get(folded_month(name)) if 1300 < year < 1500 else None
        if persian:
            told = from_persian(year, persian, day)
            if told is None:
                return None
            note = f"{day} {name} {year} of the Persian calendar"
            year, month, day = told.year, told.month, told.day
        elif name:
            year = common_year(year, name) or 0
            if year < 1500:
                return None
    if not is_day(year, month, day or 1):
        return None
    if not day:
        return Written(year, month, None, "", note, *match.span())
    text, end = match.string, match.end()
    inside = _TIME_AFTER.search(match.group(), match.end("day") - match.start()) if ":" in match.group() else None
    after = inside or _TIME_AFTER.match(text, end)
    clock = _clock(after, (year, month, day)) if after else ""
    if clock and after:
        end = end if inside else after.start("zone") if _is_span(after) else after.end()
    else:
        before = _TIME_BEFORE.search(text[max(0, match.start() - 40) : match.start()])
        clock = _clock(before, (year, month, day)) if before else ""
    return Written(year, month, day, clock, note, match.start(), end)


def _clock(match: re.Match[str], day: tuple[int, int, int]) -> str:
    given = match.groupdict()
    hour_text, minute = given.get("hour"), given.get("minute")
    if hour_text is None or (minute is None and not given.get("half")):
        return ""
    hour = int(hour_text)
    half = (given.get("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23:
        return ""
    offset = "" if _is_span(match) else _offset(given.get("zone"), day)
    return f"T{hour:02d}:{minute or '00'}:{given.get('second') or '00'}{offset}"


def _is_span(match: re.Match[str]) -> bool:
    """Say whether what looks like a zone is the end of a span of time: 17:30-19:30, but 2018-01-24T17:30-05:00."""
    zone = match["zone"]
    bare = bool(zone) and match["second"] is None and match[0][:1] not in "Tt"
    return bare and _SPAN_END.fullmatch(zone) is not None


def _offset(zone: str | None, day: tuple[int, int, int] | None) -> str:
    """Return a written zone as "+01:00"; "" for none and for names that several zones share."""
    if not zone:
        return ""
    name = zone.strip("() ").upper()
    if name == "Z":
        return "+00:00"
    written = _OFFSET.fullmatch(name[3:] if name.startswith(("UTC", "GMT")) else name)
    if written:
        minutes = int(written[2]) * 60 + int(written[3] or 0)
        minutes = -minutes if written[1] == "-" else minutes
        return _told(minutes) if int(written[3] or 0) < 60 else ""
    if name in _OFFSETS:
        return _told(_OFFSETS[name] * 60)
    if name in _ZONES and day is not None:
        offset = datetime(*day, 12, tzinfo=ZoneInfo(_ZONES[name])).utcoffset() or timedelta()
        return (
            "" if offset % timedelta(minutes=1) else _told(offset // timedelta(minutes=1))
        )  # towns had their own time
    return ""


def _told(minutes: int) -> str:
    """Return an offset from UTC as "+01:00"; "" for one that no clock has."""
    if not _WEST <= minutes <= _EAST:
        return ""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def is_day(year: int, month: int, day: int) -> bool:
    """Say whether there is such a day in the calendar."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
