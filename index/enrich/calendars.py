"""Months, weekdays, digits and years as languages write them: what reading and telling dates asks of a language.

No dates inside a line of text, and no decision which date is a story's. The one idea: a name of a month belongs to the
language of its page. Unicode's CLDR, as Babel has it, knows the names of a language that a page declares; the Persian
and the Thai year are told in the common one.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from unicodedata import normalize

#: Months of the Persian year, which begins on 20 or 21 March.
PERSIAN_MONTHS = {
    name: number
    for number, name in enumerate("فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split(), start=1)
}
#: Thailand counts years from 543 BC.
_THAI_YEARS = 543
#: A first day of a Persian year to count from: 1 Farvardin 1399.
_NOWRUZ = (1399, date(2020, 3, 20))
#: Years of the cycle of 33 that have 366 days (true from 1343 to 1472 of the Persian calendar: 1964 to 2093).
_LONG_YEARS = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
_FIRST_YEAR, _LAST_YEAR = 1343, 1472

#: The zeros of other scripts; their nine further digits follow each.
_ZEROS = "٠۰०০੦૦୦௦౦೦൦๐໐၀០０"
_DIGITS = str.maketrans({chr(ord(zero) + value): str(value) for zero in _ZEROS for value in range(10)})
#: Arabic yeh and kaf, which Persian pages mix with their own.
_PERSIAN = str.maketrans({"\u064a": "\u06cc", "\u0643": "\u06a9"})
_GREEK = re.compile("[\u0386-\u03ce]")
#: Turkish i with and without its dot, and Greek s at the end of a word.
_SMALL = str.maketrans({"\u0131": "i", "\u0307": None, "\u03c2": "\u03c3"})

#: Names of weekdays, and their short forms where these are no words of other languages.
_WEEKDAYS = """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim
    lunes martes miércoles miercoles jueves viernes sábado sabado domingo mié jue vie sáb dom
    lunedì lunedi martedì martedi mercoledì mercoledi giovedì giovedi venerdì venerdi sabato domenica gio
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
    segunda terça quarta quinta sexta seg ter qua qui sex
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    måndag tisdag onsdag torsdag fredag lördag söndag mån tis ons tors fre lör sön
    mandag tirsdag lørdag søndag man tirs tir tor lør søn
    maanantai maanantaina tiistai tiistaina keskiviikko keskiviikkona torstai torstaina perjantai perjantaina
    lauantai lauantaina sunnuntai sunnuntaina
    poniedziałek wtorek środa środę czwartek piątek sobota sobotę niedziela niedzielę
    pondělí úterý středa středu čtvrtek pátek sobotu neděle neděli pondelok utorok streda štvrtok piatok nedeľa
    hétfő kedd szerda csütörtök péntek szombat vasárnap luni marți marţi miercuri joi vineri sâmbătă duminică
    pazartesi salı çarşamba perşembe cuma cumartesi pazar senin selasa rabu kamis jumat sabtu minggu
    ponedjeljak utorak srijeda četvrtak petak subota nedjelja ponedeljek torek sreda četrtek petek nedelja
    dilluns dimarts dimecres dijous divendres dissabte diumenge
    esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev
    pirmdiena otrdiena trešdiena ceturtdiena piektdiena sestdiena svētdiena
    pirmadienis antradienis trečiadienis ketvirtadienis penktadienis šeštadienis sekmadienis
    понедельник вторник среда среду четверг пятница пятницу суббота субботу воскресенье пн вт ср чт пт сб вс
    понеділок вівторок середа середу четвер п'ятниця пʼятниця п’ятниця субота неділя
    понеделник сряда четвъртък петък събота неделя понедељак уторак четвртак петак недеља
    δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή
    الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد
    دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه شنبه یکشنبه پیر منگل بدھ جمعرات ہفتہ اتوار
    सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার
    日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天
    월요일 화요일 수요일 목요일 금요일 토요일 일요일
"""
#: A weekday as a word of its own; German's and Dutch's two letters only before a stop or a comma.
WEEKDAY = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(set(_WEEKDAYS.split()), key=len, reverse=True))})(?!\w)\.?"
    r"|(?<!\w)(?:mo|di|mi|do|fr|sa|so|ma|wo|vr|za|zo)(?=[.,])\.?"
    r"|\bth\u1ee9 (?:hai|ba|t\u01b0|n\u0103m|s\u00e1u|b\u1ea3y)\b|\bch\u1ee7 nh\u1eadt\b|"
    r"\u05d9\u05d5\u05dd (?:\u05e8\u05d0\u05e9\u05d5\u05df|\u05e9\u05e0\u05d9|\u05e9\u05dc\u05d9\u05e9\u05d9|"
    r"\u05e8\u05d1\u05d9\u05e2\u05d9|\u05d7\u05de\u05d9\u05e9\u05d9|\u05e9\u05d9\u05e9\u05d9|\u05e9\u05d1\u05ea)",
    re.IGNORECASE,
)


def plain_digits(text: str) -> str:
    """Return `text` with every digit as 0 to 9, character for character.

    >>> plain_digits("১৬ ফেব্রুয়ারি ২০২০")
    '16 ফেব্রুয়ারি 2020'
    """
    return text if text.isascii() else text.translate(_DIGITS)


def folded_month(name: str) -> str:
    """Return the name of a month in the form it is looked up by; Hebrew's "in" is no part of it.

    Capitals lose what tells small letters apart, Greek's accents and the dots of Turkish, so small letters do too.

    >>> folded_month("NİSAN"), folded_month("Kasım"), folded_month("ΙΑΝΟΥΑΡΙΟΥ") == folded_month("Ιανουαρίου")
    ('nisan', 'kasim', True)
    """
    if name.isascii():
        return name.lower().strip(". ")
    name = normalize("NFC", name).translate(_PERSIAN).lower()
    name = _GREEK.sub(lambda found: normalize("NFD", found[0])[0], name).translate(_SMALL)
    return " ".join(name.split()).strip(". ").removeprefix("\u05d1")


@lru_cache(maxsize=64)
def months_of(language: str) -> dict[str, int]:
    """Return month numbers by lower-case name in a language; {} for one that Babel does not know.

    Args:
        language: BCP 47 tag ("bn", "pl-PL").
    """
    from babel import Locale, UnknownLocaleError
    from babel.dates import get_month_names

    try:
        locale = Locale.parse(language.split("-")[0].lower())
    except (UnknownLocaleError, ValueError):
        return {}
    found: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in get_month_names(width, context, locale).items():
                found.setdefault(folded_month(plain_digits(name)), number)
    return {name: number for name, number in found.items() if len(name) > 1 and not name.isdigit()}


def common_year(year: int, month: str) -> int | None:
    """Return the common year of a year that stands beside the name of a month; None where the two do not fit."""
    if year < 2400:
        return year
    return year - _THAI_YEARS if "\u0e00" <= month[:1] <= "\u0e7f" else None


def from_persian(year: int, month: int, day: int) -> date | None:
    """Return the day of the common calendar of a Persian date; None where there is none or it is too far off.

    >>> from_persian(1399, 4, 2)
    datetime.date(2020, 6, 22)
    """
    days = 31 if month <= 6 else 30 if month < 12 or year % 33 in _LONG_YEARS else 29
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12 and 1 <= day <= days):
        return None
    known, first = _NOWRUZ
    low, high = sorted((year, known))
    between = sum(366 if other % 33 in _LONG_YEARS else 365 for other in range(low, high))
    inside = 31 * (month - 1) - max(month - 7, 0) + day - 1
    return first + timedelta(days=(between if year > known else -between) + inside)
