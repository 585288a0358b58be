"""Clauses of place: `city:`, `mentions:` and `near:` with its distance.

Which city a name can mean is the archive's to say, and so is what lies around it. The one idea: a name that could be
several places means all of them and a distance that makes no sense is taken in one fixed way; both are said, and each
place that could be meant is offered as the query that asks for it alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from index.article import fold
from search.page import Choice
from search.query.cursor import Cursor
from search.query.lexer import Piece
from search.query.tree import Node, Value
from search.query.words import TRAILING
from search.request import level

#: The places a name can mean, as (facet key, label), best first; takes names, slugs and keys.
Places = Callable[[str], tuple[tuple[str, str], ...]]

#: The keys of the cities within so many kilometres of a city's key; None where nobody knows where that city lies.
Around = Callable[[str, float], tuple[str, ...] | None]

#: What `near:` means where no distance is given, and the most it can mean: half around the world.
USUAL_KILOMETRES = 50
MOST_KILOMETRES = 20_000
MILE = 1.609344

_PLACE_WORDS = 3
_LABELS = 4
_CHOICES = 12
_UNIT = re.compile(r"km|kilomet(?:er|re)s?|mi|miles?", re.IGNORECASE)
_REACH = re.compile(rf"~\s*(?:(?P<number>\d{{1,6}})(?P<part>\.\d+)?)?(?P<unit>{_UNIT.pattern})?$", re.IGNORECASE)


class PlaceClauses:
    """Reads the value after `city:`, `mentions:` or `near:`."""

    def __init__(
        self,
        cursor: Cursor,
        places: Places | None,
        around: Around | None,
        regions: Places | None,
        strangers: Places | None,
    ) -> None:
        self.cursor = cursor
        self.say = cursor.say
        self.places = places
        self.around = around
        self.regions = regions
        self.strangers = strangers

    def read(self, field: Piece, piece: Piece, *, greedy: bool) -> Node | None:
        """Return the filter of one value; `greedy`: further words may belong to it. None where it comes to nothing."""
        if field.text == "near":
            return self._near(field, piece, greedy=greedy)
        return self._place(field.text, field, piece, greedy=greedy)

    def _place(self, facet: str, field: Piece, piece: Piece, *, greedy: bool, reach: str = "") -> Value | None:
        text = piece.text.rstrip(TRAILING)
        if text.startswith("name:") and fold(text[5:]):
            return Value(facet, (f"name:{fold(text[5:])}",))
        if not fold(text):
            self.say("no-words", piece, text=text)
            return None
        found, end = tuple(self.places(text)) if self.places else (), piece.end
        if not found and greedy:
            text, found, end = self._longer(text, piece.end)
        if found:
            self._tell(field, Piece("word", text, piece.start, end), found, reach)
            return Value(facet, tuple(key for key, _ in found))
        if text.isascii() and text.isdigit():
            if self.places:
                self.say("unknown-id", piece, name=text)
            return Value(facet, (text,))
        if self.places:
            self.say("unknown-city", piece, name=text)
        return Value(facet, (f"name:{fold(text)}",))

    def _longer(self, text: str, end: int) -> tuple[str, tuple[tuple[str, str], ...], int]:
        """Try the words after an unquoted name that is no city: `city:new york` means New York."""
        for count in range(1, _PLACE_WORDS + 1):
            if self.places is None or self.cursor.kind(count - 1) != "word":
                break
            pieces = self.cursor.pieces[self.cursor.at : self.cursor.at + count]
            longer = " ".join([text, *(piece.text.rstrip(TRAILING) for piece in pieces)])
            if found := tuple(self.places(longer)):
                self.cursor.at += count
                return longer, found, pieces[-1].end
        return text, (), end

    def _tell(self, field: Piece, where: Piece, found: tuple[tuple[str, str], ...], reach: str) -> None:
        """Say where a name is not one city's only, and offer each place alone."""
        name = where.text
        if len(found) > 1:
            labels = _listed(found)
            what = "cities" if all(level(key) == "city" for key, _ in found) else "places"
            example = f"{field.text}:{_written(*found[0])}"
            count = f"{len(found)} {what}"
            offered = self._choices(where, found, reach)
            self.say("several-cities", where, offered, name=name, count=count, labels=labels, example=example)
            return
        key, label = found[0]
        if level(key) != "city":
            if name != key and field.text != "near":
                self.say("region-meant", where, name=name, label=label, level=level(key))
            return
        wider = tuple(self.regions(name)) if self.regions and field.text != "near" else ()
        others = [place for place in self.strangers(name) if place[0] != key] if self.strangers and name != key else []
        if others:
            # Where stories are near one of them can be asked; in none of them there is any.
            offered = self._choices(where, tuple(others), reach) if field.text == "near" else ()
            count = f"{len(others) + 1}"
            self.say("none-of-them", where, offered, name=name, count=count, label=label, labels=_listed(others))
        if wider and name != key:
            example = f"{field.text}:{_written(*wider[0])}"
            all_of = wider[0][1]
            self.say("city-meant", where, self._choices(where, wider, ""), label=label, example=example, region=all_of)

    def _choices(self, where: Piece, found: tuple[tuple[str, str], ...], reach: str) -> tuple[Choice, ...]:
        before, after = self.cursor.text[: where.start], self.cursor.text[where.end :]
        return tuple(Choice(label, f"{before}{_written(key, label)}{reach}{after}") for key, label in found[:_CHOICES])

    def _near(self, field: Piece, piece: Piece, *, greedy: bool) -> Node | None:
        text, number, unit, end = self._reach(piece)
        given = number is not None
        number = USUAL_KILOMETRES if number is None else number
        kilometres = number * (MILE if unit == "mi" else 1.0)
        reach = f"~{number}{unit}"
        node = self._place("city", field, Piece("word", text, piece.start, end), greedy=greedy, reach=reach)
        if node is None:
            return None
        if not given:
            whole = Piece("word", text, field.start, self.cursor.pieces[self.cursor.at - 1].end)
            self.say("usual-distance", whole, taken=f"{USUAL_KILOMETRES} km")
        if any(level(key) != "city" for key in node.keys):
            self.say("near-region", piece, name=text)
            return node
        if self.around is None:
            self.say("no-distance", piece, name=text)
            return node
        keys: dict[str, None] = {}
        for city in node.keys:
            around = self.around(city, kilometres)
            if around is None and city in (key for key, _ in (self.places(text) if self.places else ())):
                self.say("lies-nowhere", piece, name=text)
            keys |= dict.fromkeys((city, *(around or ())))
        centre = node.keys[0] if len(node.keys) == 1 else text
        return Value("city", tuple(keys), typed=f'near:"{centre}"{reach}')

    def _reach(self, piece: Piece) -> tuple[str, int | None, str, int]:
        """Return the name, the distance (None: not given) and its unit ("km" or "mi"), and where they end.

        What is mended is said.
        """
        text, number, unit, end = piece.text, piece.number, piece.measure, piece.end
        if piece.kind == "phrase" and number is None and text.count("~") == 1:
            name, given = text.split("~")
            name, given = name.strip(), "".join(given.split())
            if fold(name) and (match := _REACH.fullmatch(f"~{given}")) and match["number"]:
                self.say("quoted-distance", piece, example=f'near:"{name}"~{given}')
                piece = replace(piece, kind="word")
                text = f"{name}~{given}"
        if piece.kind == "word" and "~" not in text:
            text, end = self._through_the_distance(text, end)
        if piece.kind == "word" and "~" in text:
            text, _, given = text.partition("~")
            match = _REACH.fullmatch(f"~{given}")
            if match is None:
                wrong = self._written(piece, end)
                self.say("bad-distance", wrong, text=wrong.text, taken=f"{USUAL_KILOMETRES} km")
                return text, USUAL_KILOMETRES, "km", end
            number = int(match["number"]) if match["number"] else None
            unit = match["unit"] or ""
            following = self.cursor.pieces[self.cursor.at] if self.cursor.kind() == "word" else None
            if number is not None and not unit and following is not None and _UNIT.fullmatch(following.text):
                unit, end = self.cursor.next().text, following.end
            if match["part"]:
                number = max(int(float(match["number"] + match["part"]) + 0.5), 1)
                written = self._written(piece, end)
                self.say("distance", written, text=written.text, mended=f"~{number}{unit[:2].lower()}")
        unit = "mi" if unit.lower().startswith("mi") else "km"
        if number is None:
            return text, None, "km", end
        most = MOST_KILOMETRES if unit == "km" else int(MOST_KILOMETRES / MILE)
        fitting = min(max(number, 1), most)
        if fitting != number:
            wrong = self._written(piece, end)
            self.say("bad-distance", wrong, text=wrong.text, taken=f"{fitting:,} {unit}")
        return text, fitting, unit, end

    def _written(self, piece: Piece, end: int) -> Piece:
        """Return the distance as the reader wrote it: what stands from `~` to `end`."""
        start = piece.end - len(piece.tail) if piece.tail else self.cursor.text.find("~", piece.start, end)
        written = self.cursor.text[start:end]
        end = start + len(written.rstrip('"”'))  # a distance that stands inside the quotation marks
        return Piece("word", self.cursor.text[start:end], start, end)

    def _through_the_distance(self, text: str, end: int) -> tuple[str, int]:
        """Take the words up to a distance where they name a place: `near:new york~50km`."""
        for count in range(1, _PLACE_WORDS + 1):
            if self.places is None or self.cursor.kind(count - 1) != "word":
                break
            pieces = self.cursor.pieces[self.cursor.at : self.cursor.at + count]
            if "~" in pieces[-1].text:
                longer = " ".join([text, *(piece.text for piece in pieces)])
                if self.places(longer.partition("~")[0].rstrip(TRAILING)):
                    self.cursor.at += count
                    return longer, pieces[-1].end
                break
        return text, end


def _listed(places: Sequence[tuple[str, str]]) -> str:
    """Return the labels of places as a sentence lists them."""
    shown = "; ".join(label for _, label in places[:_LABELS])
    return f"{shown}; and {len(places) - _LABELS} more" if len(places) > _LABELS else shown


def _written(key: str, label: str) -> str:
    """Return a place as a query writes it."""
    return f'"{label}"' if level(key) == "city" else key
