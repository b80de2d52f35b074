# SPDX-License-Identifier: Apache-2.0
"""The plots people expect of event data; they need matplotlib.

    timeline(events)   events a month (day, year) by category
    dyads(events)      who to whom, a matrix of counts
    places(events)     where, on a grid of degrees

Events are those of a `Result` or of `Desk.events`.  Each returns the axes, to be changed and saved at will:

>>> import dragoman
>>> from dragoman import plot
>>> result = dragoman.code(dragoman.Reports("samples"))
>>> axes = plot.timeline(result.events, by="month")
>>> axes.figure.savefig("/dev/null", format="png")
"""
from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from .errors import UseError
from .records import Event
from .result import Result

# Blue and green for cooperation, yellow and red for conflict: told apart by colour-blind readers as well.
_QUADS = {1: ("verbal cooperation", "#56b4e9"), 2: ("material cooperation", "#0072b2"), 3: ("verbal conflict", "#e69f00"),
          4: ("material conflict", "#d55e00")}
_LENGTHS = {"day": 10, "month": 7, "year": 4}


def _axes(axes: Any, size: tuple[float, float]) -> Any:
    if axes is not None:
        return axes
    try:
        from matplotlib import pyplot
    except ImportError as missing:
        raise ImportError("plots need matplotlib: pip install dragoman[plots]") from missing
    return pyplot.subplots(figsize=size, layout="constrained")[1]


def _events(events: Any) -> Iterable[Event]:
    return events.events if isinstance(events, Result) else events


def _primaries(actors: Sequence[Any]) -> list[str]:
    """The codes of the parties without their sectors, each once."""
    return sorted({actor.code.split()[0] for actor in actors} - {"---", ""})


def _day(event: Event) -> str:
    return event.date or event.in_report.date


def _periods(first: str, last: str, by: str) -> list[str]:
    """All periods from first to last, those without events as well."""
    import datetime
    if by == "year":
        return [f"{year:04}" for year in range(int(first), int(last) + 1)]
    if by == "month":
        start, end = (int(p[:4]) * 12 + int(p[5:7]) - 1 for p in (first, last))
        return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1)]
    start_day, end_day = (datetime.date.fromisoformat(p) for p in (first, last))
    return [(start_day + datetime.timedelta(days=n)).isoformat() for n in range((end_day - start_day).days + 1)]


def timeline(events: Any, *, by: str = "month", quads: bool = False, axes: Any = None) -> Any:
    """Events a day, month or year, stacked by PLOVER category, or by quad class.

    An event counts at its own date, else at its report's; one whose date is cut shorter than `by` is left out, and the
    title says how many.

    Raises:
        UseError: `by` is none of day, month and year, or no event has such a date.
    """
    if by not in _LENGTHS:
        raise UseError(f'"{by}" is none of {", ".join(_LENGTHS)}', "by")
    counts: dict[str, Counter[str]] = {}
    colours: dict[str, str] = {}
    missing = 0
    for event in _events(events):
        period = _day(event)[:_LENGTHS[by]]
        if len(period) < _LENGTHS[by]:
            missing += 1
            continue
        name = _QUADS[event.quad][0] if quads else event.plover
        colours[name] = _QUADS[event.quad][1]
        counts.setdefault(name, Counter())[period] += 1
    if not counts:
        raise UseError("no event has such a date: give the reports a date", "events")
    axes = _axes(axes, (9, 4))
    seen = sorted({period for counter in counts.values() for period in counter})
    periods = _periods(seen[0], seen[-1], by)
    base = [0] * len(periods)
    shades = _shades(counts, colours)
    for name in sorted(counts, key=lambda n: (-sum(counts[n].values()), n)):
        heights = [counts[name][period] for period in periods]
        axes.bar(range(len(periods)), heights, bottom=base, label=name, color=shades[name], width=0.9)
        base = [low + high for low, high in zip(base, heights)]
    step = max(1, len(periods) // 12)
    axes.set_xticks(range(0, len(periods), step), periods[::step], rotation=45, ha="right")
    axes.set_ylabel("events")
    axes.set_title(f"events a {by}" + (f"; {missing} without such a date left out" if missing else ""))
    axes.legend(ncols=2, fontsize="small", frameon=False)
    return axes


def _shades(counts: dict[str, Counter[str]], colours: dict[str, str]) -> dict[str, Any]:
    """Categories of one quad class get its colour in several depths."""
    from matplotlib.colors import to_rgb
    shades: dict[str, Any] = {}
    for colour in set(colours.values()):
        names = sorted(name for name in counts if colours[name] == colour)
        for i, name in enumerate(names):
            part = 0.6 * i / max(1, len(names))
            shades[name] = tuple(c + (1 - c) * part for c in to_rgb(colour))
    return shades


def dyads(events: Any, *, most: int = 20, axes: Any = None) -> Any:
    """Who did it (rows) to whom (columns): counts of events between countries and international bodies.

    An event with several parties counts in each of its pairs; a mutual one in both directions.  The `most` frequent
    parties are shown.

    Raises:
        UseError: no event has a party on both sides.
    """
    pairs: Counter[tuple[str, str]] = Counter()
    for event in _events(events):
        sources, targets = _primaries(event.source), _primaries(event.source if event.reciprocal else event.target)
        pairs.update((source, target) for source in sources for target in targets if source != target or not event.reciprocal)
    if not pairs:
        raise UseError("no event has a party on both sides", "events")
    weight: Counter[str] = Counter()
    for (source, target), count in pairs.items():
        weight[source] += count
        weight[target] += count
    names = [name for name, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:most]]
    axes = _axes(axes, (1.5 + 0.4 * len(names), 1 + 0.4 * len(names)))
    grid = [[pairs[source, target] for target in names] for source in names]
    image = axes.imshow(grid, cmap="Blues")
    deep = max(max(line) for line in grid) / 2
    for row, line in enumerate(grid):
        for column, count in enumerate(line):
            if count:
                axes.text(column, row, str(count), ha="center", va="center", fontsize="small", color="white" if count > deep else "black")
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_xlabel("target")
    axes.set_ylabel("source")
    axes.set_title("events between" + (f" the {most} most frequent parties" if len(weight) > most else " parties"))
    axes.figure.colorbar(image, ax=axes, shrink=0.8)
    return axes


def places(events: Any, *, axes: Any = None) -> Any:
    """Where it happened: a dot a place, its area the number of events, its colour the quad class of most of them.

    A place that is known by its country alone is a ring.

    Raises:
        UseError: no event has a place.
    """
    spots: dict[tuple[float, float, bool], Counter[int]] = {}
    names: dict[tuple[float, float, bool], str] = {}
    for event in _events(events):
        place = event.place
        if place is not None:
            at = (place.lon, place.lat, place.kind == "country")
            spots.setdefault(at, Counter())[event.quad] += 1
            names[at] = place.name
    if not spots:
        raise UseError("no event has a place", "events")
    axes = _axes(axes, (9, 4.8))
    for (lon, lat, ring), quads in sorted(spots.items(), key=lambda item: -sum(item[1].values())):
        colour = _QUADS[max(quads, key=lambda q: (quads[q], q))][1]
        axes.scatter(lon, lat, s=20 + 15 * sum(quads.values()), facecolors="none" if ring else colour, edgecolors=colour, alpha=0.8)
    for at in sorted(spots, key=lambda a: (-sum(spots[a].values()), a))[:8]:
        axes.annotate(names[at], at[:2], xytext=(4, 4), textcoords="offset points", fontsize="small")
    for name, colour in _QUADS.values():
        axes.scatter([], [], color=colour, label=name)
    axes.set_xlim(-180, 180)
    axes.set_ylim(-90, 90)
    axes.set_xlabel("degrees east")
    axes.set_ylabel("degrees north")
    axes.set_aspect("equal")
    axes.grid(linewidth=0.3)
    axes.set_title("events by place; rings: known by country alone")
    axes.legend(fontsize="small", frameon=False, loc="lower left")
    return axes
