"""Making articles of records.

Nothing is stored here. The one idea: what is made of a record depends on the record, the settings and the day alone,
so it can be made anywhere (`index.workers`), and again at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from index.article import Article
from index.identity import is_public, natural_key, public_ids
from index.packing import Made, pack, unpack_article
from index.record import Draft, Record, Refusal
from index.settings import Settings
from index.store import Making, Same, Version

if TYPE_CHECKING:
    from index.enrich import Context

_Out = TypeVar("_Out")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A record of which an article is wanted.

    Attributes:
        record: as it came.
        day: when it was accepted, in the archive's time zone.
        draft: what it says, where that need not be read anew.
        name: the story's public id, or "".
    """

    record: Record
    day: date
    draft: Draft | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes articles as the archive's settings want them.

    Attributes:
        settings: the archive's.
        today: the day of the run, in the archive's time zone.
        homes: of the papers, as the settings have them.
    """

    settings: Settings
    today: date
    homes: Mapping[str, str]

    @property
    def making(self) -> Making:
        """What decides how an article turns out: the stages' versions and the settings."""
        from index.enrich import STAGES

        return {**STAGES, "settings": self.settings.fingerprint}

    def make(self, record: Record) -> Made | Refusal:
        """Return what the store keeps of `record`, or why it cannot be read."""
        return self._make([_Wanted(record, self.today)])[0]

    def make_all(self, batch: list[Record | Refusal | Same]) -> list[Made | Refusal | Same]:
        """Make every record of a batch; pass on what is none."""
        made = iter(self._make([_Wanted(item, self.today) for item in batch if isinstance(item, Record)]))
        return [next(made) if isinstance(item, Record) else item for item in batch]

    def remake_all(self, versions: list[Version]) -> list[tuple[Version, Made | Refusal]]:
        """Make every kept version of a batch again: read anew only where reading or cleaning have changed since."""
        making, zone = self.making, ZoneInfo(self.settings.time_zone)
        wanted = []
        for version in versions:
            read_anew = any(version.making.get(stage) != making[stage] for stage in ("read", "clean"))
            day = datetime.fromisoformat(version.arrived).astimezone(zone).date()
            wanted.append(_Wanted(version.record, day, None if read_anew else version.draft, version.article.id))
        return list(zip(versions, self._make(wanted), strict=True))

    def _make(self, wanted: Sequence[_Wanted]) -> list[Made | Refusal]:
        """Make what is wanted, all of it brought through one stage before the next.

        The code and the tables of a stage stay in the core's cache so: story by story the same work takes a third more.
        """
        drafts = [_done(self._read, each) for each in wanted]
        articles = self._enriched(wanted, drafts)
        return [_done(self._packed, *each) for each in zip(wanted, drafts, articles, strict=True)]

    def _read(self, wanted: _Wanted) -> Draft:
        from index import readers

        return wanted.draft or readers.draft(wanted.record)

    def _enriched(self, wanted: Sequence[_Wanted], drafts: Sequence[Draft | Refusal]) -> list[Article | Refusal]:
        """Enrich together what could be read; one by one where that fails, so that one record keeps out no other."""
        from index.enrich import enrich, enrich_all

        contexts = [self.context(each.record, each.day) for each in wanted]
        read = [(draft, context) for draft, context in zip(drafts, contexts, strict=True) if isinstance(draft, Draft)]
        try:
            made = iter(enrich_all(*zip(*read, strict=True)) if read else ())
            return [next(made) if isinstance(draft, Draft) else draft for draft in drafts]
        except Exception:  # told by the record that it is a fault in
            return [
                _done(lambda _, draft, context: enrich(draft, context), each, draft, context)
                for each, draft, context in zip(wanted, drafts, contexts, strict=True)
            ]

    def _packed(self, wanted: _Wanted, draft: Draft, article: Article) -> Made:
        return pack(wanted.record, draft, self._as_editors_decided(wanted.record, draft, article, wanted.name))

    def is_decided(self, version: Version) -> bool:
        """Say whether editors decide a kept version's cities, or did when it was made."""
        from index.enrich.cities.overrides import REASON

        article = version.article
        decided = self._as_editors_decided(version.record, version.draft, article, article.id)
        return decided != article or any(city.reason == REASON for city in article.cities)

    def lines_at_work(self, versions: Sequence[Version]) -> tuple[set[int], set[int]]:
        """Return the numbers of the lines of `overrides.csv` that fit kept versions, and of those that do something."""
        overrides = self.settings.overrides
        if overrides is None:
            return set(), set()
        fitting: set[int] = set()
        useful: set[int] = set()
        for version in versions:
            names = _names(version.record, version.draft, version.article, version.article.id)
            lines = overrides.fitting(names)
            fitting.update(line.number for line in lines)
            useful.update(line.number for line in lines if line.role is not None)
            if any(line.role is None and line.number not in useful for line in lines):
                useful |= overrides.taking(names, self._undecided(version).cities)
        return fitting, useful

    def _undecided(self, version: Version) -> Article:
        """Return the article of a kept version as it would be without its editors."""
        ((_, made),) = replace(self, settings=replace(self.settings, overrides=None)).remake_all([version])
        return version.article if isinstance(made, Refusal) else unpack_article(made.article, version.record.raw, "")

    def _as_editors_decided(self, record: Record, draft: Draft, article: Article, name: str = "") -> Article:
        """Return the article with the cities that `overrides.csv` gives it; `name` is the story's public id."""
        if self.settings.overrides is None:
            return article
        cities = self.settings.overrides.apply(_names(record, draft, article, name), article.cities)
        return replace(article, cities=cities)

    def context(self, record: Record, today: date) -> Context:
        """Return what is known about a record that is made on the day `today`."""
        from index.enrich import Context

        settings = self.settings
        return Context(
            today=today,
            path=record.path,
            locale=settings.locale,
            time_zone=settings.time_zone,
            source=record.source,
            home=settings.home,
            homes=self.homes,
            modified=record.modified,
        )


def maker(settings: Settings) -> Maker:
    """Return the maker of a run that begins now."""
    from index.enrich.cities.homes import Papers

    return Maker(settings, datetime.now(ZoneInfo(settings.time_zone)).date(), Papers.of(settings.homes))


def _names(record: Record, draft: Draft, article: Article, name: str) -> tuple[str, ...]:
    """Return what editors may call a story: its public id, the id it was given, its web address.

    Papers may number their stories alike. Whose public id a given one is, only the store knows; so a story that it has
    not named yet goes by all that it may be named, and one with a name by no given id that may be another's.
    """
    if not name:
        return (*public_ids(record, draft, natural_key(record, draft)), draft.given_id, article.url)
    return (name, "" if is_public(draft.given_id) else draft.given_id, article.url)


def _done(step: Callable[..., _Out], wanted: _Wanted, *before: Any) -> _Out | Refusal:
    """Return what a step makes of what those before it have made, or the first refusal."""
    from index import readers

    for made in before:
        if isinstance(made, Refusal):
            return made
    try:
        return step(wanted, *before)
    except readers.Unreadable as error:
        return Refusal(wanted.record.path, wanted.record.number, error.reason)
    except Exception as error:  # a fault of ours in one record must not keep out the others
        return Refusal(wanted.record.path, wanted.record.number, _fault(error))


def _fault(error: Exception) -> str:
    return f"Morgue failed on it ({type(error).__name__}: {error}); this is a fault of the program, please report it"
