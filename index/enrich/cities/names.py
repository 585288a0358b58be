"""The form in which names of places are compared: a key.

Not the form in which they are shown. The one idea: "St. Louis", "ST LOUIS" and "Saint-Louis" written by different desks
must meet in one dictionary, so a key is the bare words of a name, lower-case, without accents, one space between them.
"""

from __future__ import annotations

import re
import unicodedata

#: A run of letters: the words of a key. Digits and signs are never part of one.
WORD = re.compile(r"[^\W\d_]+")

#: Lower-case words inside names of places: Rio de Janeiro, Isle of Palms, Coeur d'Alene.
PARTICLES = frozenset(
    "of de la le da do del di du des es el al on upon the and in sur am an den der y d l s under les los las".split()
)

# Letters that Unicode does not decompose into a plain letter and an accent.
_PLAIN = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "ə": "a"}
    | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "œ": "oe", "Œ": "Oe", "ħ": "h", "Ħ": "H", "Ə": "A", "ŋ": "n"}
    # Signs that Unicode takes for letters, and papers leave out: Hawaiʻi.
    | {"ʻ": "", "ʼ": "", "ʾ": "", "ʿ": "", "ʹ": "", "ʺ": "", "ˈ": "", "ꞌ": "", "ʰ": ""}
)

_SHORT_FORMS = (
    ("saint ", "st "),
    ("st ", "saint "),
    ("sainte ", "ste "),
    ("ste ", "sainte "),
    ("fort ", "ft "),
    ("mount ", "mt "),
)

# US papers write the ending of Hillsborough short.
_LONG_ENDING = "borough"


def plain(text: str) -> str:
    """Return `text` without accents.

    >>> plain("Łódź")
    'Lodz'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text.translate(_PLAIN)) if not unicodedata.combining(c))


def key(name: str) -> str:
    """Return the key of a name.

    >>> key("Coeur d'Alene"), key("D.C."), key("São Paulo")
    ('coeur d alene', 'd c', 'sao paulo')
    """
    return " ".join(WORD.findall(plain(name).lower()))


def written_forms(name: str) -> tuple[str, ...]:
    """Return the keys under which a name of a city may stand in a story.

    >>> written_forms("Saint Paul"), written_forms("Hillsborough")
    (('saint paul', 'st paul'), ('hillsborough', 'hillsboro'))
    """
    own = key(re.split(r"[,(/]", name)[0])
    forms = (own, *(short + own[len(long) :] for long, short in _SHORT_FORMS if own.startswith(long)))
    return (*forms, *(form.removesuffix(_LONG_ENDING) + "boro" for form in forms if form.endswith(_LONG_ENDING)))


# A name this long is recognised in the word made from it: Smolensk, Smolenskaya.
_ROOT = 4


def repeats(name: str, region: str) -> bool:
    """Return whether a region is only called after its city, as "Lima Province" after Lima: labels leave it off."""
    city, division = key(name), key(region)
    return city in division.split(" ") or division.startswith(city if len(city) > _ROOT else f"{city} ")
