"""The timeline as a picture: a page's periods as bars that are links, with labels, a sentence and a table.

Geometry and words only; the SVG itself stands in a template, which does no arithmetic. The one idea: everything
sideways is a share of the width, everything upwards a pixel, so one drawing fits a phone and a desk.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from search.page import Period, Timeline
from web import words
from web.address import Question, address, typed_days
from web.formats import Formats, is_month, is_year, precision_of
from web.neighbours import Neighbours

#: Height of the tallest bar and of the whole drawing, in pixels.
BAR_HEIGHT = 96
CHART_HEIGHT = 120

_GAP = 0.16
_WIDEST = 6.0
_MOST_LABELS = 6
_EDGE = 6.0
_LEAST_VISIBLE = 2.0

#: Pixels between the labels' feet and the lower edge of the drawing.
_UNDER_LABELS = 6


class Column(NamedTuple):
    """Where a bar stands, in per cent: its left edge and width, and those of the whole column that a pointer hits."""

    x: str
    width: str
    slot_x: str
    slot_width: str


class Bar(NamedTuple):
    """One bar: its column, its upper edge and height in pixels, its tooltip, and where it leads.

    `height` is "" where no bar stands, `url` where nothing is to see; `held` is false where surely nothing is kept from
    then. A tuple like `search.page.Period`, since a drawing has hundreds of them.
    """

    column: Column
    y: str
    height: str
    title: str
    url: str
    held: bool


@dataclass(frozen=True, slots=True)
class Label:
    """One word under the bars: where (per cent), how it hangs there, and what it says."""

    x: str
    anchor: str
    text: str


class Row(NamedTuple):
    """One line of the table: the period, where it leads, stories found, stories held, and their share.

    A tuple like `Bar`.
    """

    text: str
    url: str
    count: str  # type: ignore[assignment]  # as in `search.page.Period`
    held: str
    share: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way up: "All years", "1987", "April 1987"; the last has no address."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class TimelineView:
    """What the page shows of a timeline; `firsts` and `lasts` are each bar's ends as a date field takes them."""

    bars: tuple[Bar, ...]
    labels: tuple[Label, ...]
    rows: tuple[Row, ...]
    steps: tuple[Step, ...]
    summary: str
    most: str
    height: int
    bar_height: int
    label_y: int
    held_note: str
    undated: str
    undated_url: str
    imprecise: str
    shares: bool
    switch_url: str
    switch_text: str
    firsts: str
    lasts: str


def view(timeline: Timeline, around: Neighbours, formats: Formats) -> TimelineView:
    """Return the drawing of `timeline` for the search that it answers, `around` being the addresses around that."""
    question = around.question
    periods = tuple(timeline.buckets)
    shares, whose = question.scale == "share", _whose(timeline)
    values = [_value(period, shares) for period in periods]
    tallest = max(values, default=0.0)
    top = max(periods, key=lambda period: _value(period, shares), default=None)
    urls = _urls(periods, around)
    ends = [typed_days(period.start, period.end) for period in periods]
    undated_text = words.stories(timeline.undated, formats.number(timeline.undated))
    imprecise_text = words.stories(timeline.imprecise, formats.number(timeline.imprecise))
    return TimelineView(
        bars=tuple(
            _bar(column, period, value / tallest if tallest else 0.0, urls[period.start], whose, formats)
            for column, period, value in zip(_columns(len(values)), periods, values, strict=True)
        ),
        labels=_labels(timeline, formats),
        rows=tuple(_rows(periods, urls, whose, formats)),
        steps=_steps(question, formats),
        summary=_summary(timeline, top, shares, formats),
        most=_most(top, tallest, shares, formats),
        height=CHART_HEIGHT,
        bar_height=BAR_HEIGHT,
        label_y=CHART_HEIGHT - _UNDER_LABELS,
        held_note=_held_note(periods, whose),
        undated=words.undated_stories(undated_text) if timeline.undated else "",
        undated_url=around.undated(),
        imprecise=words.imprecise_stories(imprecise_text) if timeline.imprecise else "",
        shares=shares,
        switch_url=around.scaled("count" if shares else "share"),
        switch_text=words.TIMELINE_COUNT if shares else words.show_shares(whose),
        firsts=" ".join(first for first, _ in ends),
        lasts=" ".join(last for _, last in ends),
    )


def _whose(timeline: Timeline) -> str:
    """Whose stories alone are counted as held, in words; "" where all are."""
    return words.sources_asked(len(timeline.held_of)) if timeline.held_of is not None else ""


def _held_note(periods: Sequence[Period], whose: str) -> str:
    """What the hatched bars are, and whose stories are counted as held."""
    gaps = any(not (period.held or period.coarser) for period in periods)
    hatched = words.hatched(whose) if gaps else ""
    return f"{hatched} {words.held_are(whose)}".strip() if whose and periods else hatched


def _value(period: Period, shares: bool) -> float:
    if not shares:
        return float(period.count)
    return period.share or 0.0


def _urls(periods: Sequence[Period], around: Neighbours) -> dict[date, str]:
    """The address of the search within each bar, by its first day; "" where it has nothing or would change nothing."""
    asked = (around.question.request.since, around.question.request.until)
    narrowed = around.narrowing()
    return {
        period.start: narrowed(period.start, period.end) if period.count and asked != (period.start, period.end) else ""
        for period in periods
    }


@lru_cache(32)
def _columns(total: int) -> tuple[Column, ...]:
    """The places of `total` bars side by side."""
    slot = 100.0 / total if total else 0.0
    width = min(slot * (1 - _GAP), _WIDEST)
    return tuple(
        Column(_percent(slot * (place + 0.5) - width / 2), _percent(width), _percent(slot * place), _percent(slot))
        for place in range(total)
    )


def _bar(column: Column, period: Period, share: float, url: str, whose: str, formats: Formats) -> Bar:
    height = max(share * BAR_HEIGHT, _LEAST_VISIBLE) if period.count else 0.0
    name = formats.span(period.start, period.end)
    stories = words.stories(period.count, formats.number(period.count))
    if not period.held:
        title = words.bar_less_exact(name) if period.coarser else words.bar_nothing_held(name, whose)
    elif period.count:
        title = words.bar_share(name, stories, formats.percent(period.share or 0.0), formats.number(period.held))
    else:
        title = words.bar(name, stories)
    return Bar(
        column,
        y=f"{BAR_HEIGHT - height:.1f}",
        height=f"{height:.1f}" if period.count else "",
        title=title,
        url=url,
        held=bool(period.held or period.coarser),
    )


def _rows(periods: Sequence[Period], urls: Mapping[date, str], whose: str, formats: Formats) -> Iterator[Row]:
    """Yield a row a period; periods that follow each other and of which nothing is known to be held share one."""
    for (held, coarser), group in groupby(periods, key=lambda period: (bool(period.held), period.coarser)):
        if held:
            yield from (_row(period, urls[period.start], formats) for period in group)
            continue
        first, *others = group
        gap = range_words(first.start, others[-1].end if others else first.end, formats)
        text = words.bar_less_exact(gap) if coarser else words.bar_nothing_held(gap, whose)
        yield Row(text=text, url="", count="", held="", share="")


def _row(period: Period, url: str, formats: Formats) -> Row:
    return Row(
        text=formats.span(period.start, period.end),
        url=url,
        count=formats.number(period.count),
        held=formats.number(period.held),
        share=formats.percent(period.share) if period.count and period.share is not None else "",
    )


def _labels(timeline: Timeline, formats: Formats) -> tuple[Label, ...]:
    """A few labels, evenly spaced and at round years, hanging so that none is cut off."""
    periods = timeline.buckets
    total = len(periods)
    step = max(1, -(-total // _MOST_LABELS))
    first = 0
    if timeline.granularity == "year" and step > 1:
        step = next((nice for nice in (2, 5, 10, 20, 25, 50, 100) if nice >= step), step)
        first = -periods[0].start.year % step
    return tuple(
        _label(place, total, _short(timeline, periods[place].start, formats)) for place in range(first, total, step)
    )


def _label(place: int, total: int, text: str) -> Label:
    middle = 100.0 * (place + 0.5) / total
    if total > _MOST_LABELS and middle < _EDGE:
        return Label(_percent(100.0 * place / total), "start", text)
    if total > _MOST_LABELS and middle > 100.0 - _EDGE:
        return Label(_percent(100.0 * (place + 1) / total), "end", text)
    return Label(_percent(middle), "middle", text)


def _short(timeline: Timeline, day: date, formats: Formats) -> str:
    match timeline.granularity:
        case "month":
            one_year = timeline.buckets[0].start.year == timeline.buckets[-1].start.year
            return formats.month_alone(day) if one_year else formats.short_month(day)
        case "day":
            return formats.short_day(day)
        case "decade":
            return words.decade(day.year // 10 * 10)
        case _:
            return f"{day.year}"


def _steps(question: Question, formats: Formats) -> tuple[Step, ...]:
    """The way up from the days searched; empty where no dates narrow the search."""
    since, until = question.request.since, question.request.until
    if since is None and until is None:
        return ()
    steps = [Step(words.ALL_YEARS, address(question.between(None, None)))]
    if since and until:
        decade, year = _decade(since), (date(since.year, 1, 1), date(since.year, 12, 31))
        for name, (first, last) in (
            (words.decade(decade[0].year), decade),
            (f"{since.year}", year),
            (formats.month(since), _month(since)),
        ):
            if until <= last and (first, last) != (since, until):
                steps.append(Step(name, address(question.between(first, last))))
    steps.append(Step(range_words(since, until, formats), ""))
    return tuple(steps)


def range_words(since: date | None, until: date | None, formats: Formats) -> str:
    """Return the days searched without a preposition: "1987", "April 1987", "1987 to 1990", "until 1990"."""
    precision = precision_of(since, until)
    if since and until:
        if since == until or is_month(since, until) or is_year(since, until):
            return formats.span(since, until)
        if (since, until) == _decade(since):
            return words.decade(since.year // 10 * 10)
        return words.from_to(formats.end(since, precision), formats.end(until, precision))
    if since:
        return words.since(formats.end(since, precision))
    return words.until(formats.end(until, precision)) if until else ""


def _decade(day: date) -> tuple[date, date]:
    first = day.year // 10 * 10
    return date(max(first, 1), 1, 1), date(first + 9, 12, 31)


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _summary(timeline: Timeline, top: Period | None, shares: bool, formats: Formats) -> str:
    periods = timeline.buckets
    if top is None or not top.count:
        return ""
    each, span = words.EACH[timeline.granularity], range_words(periods[0].start, periods[-1].end, formats)
    most, stories = formats.span(top.start, top.end), words.stories(top.count, formats.number(top.count))
    if shares:
        return words.timeline_shares(each, span, most, formats.percent(top.share or 0.0), stories, _whose(timeline))
    return words.timeline_summary(each, span, most, stories)


def _most(top: Period | None, tallest: float, shares: bool, formats: Formats) -> str:
    """What the tallest bar stands for: the scale of the drawing."""
    if top is None or not tallest:
        return ""
    return formats.percent(tallest) if shares else formats.number(top.count)


def _percent(value: float) -> str:
    return f"{value:.3f}%"
