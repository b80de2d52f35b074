# SPDX-License-Identifier: Apache-2.0
"""Plots show the counts that the events have."""
import sys
from collections import Counter

import pytest

import dragoman
from dragoman import plot

pytest.importorskip("matplotlib").use("agg")


def heights(axes):
    return sum(patch.get_height() for patch in axes.patches)


@pytest.mark.parametrize("by, length", [("day", 10), ("month", 7), ("year", 4)])
@pytest.mark.parametrize("quads", [True, False])
def test_a_timeline_holds_every_dated_event(samples, by, length, quads):
    axes = plot.timeline(samples, by=by, quads=quads)
    dated = [e for e in samples.events if len(e.date or e.in_report.date) >= length]
    assert heights(axes) == len(dated)
    names = {text.get_text() for text in axes.get_legend().get_texts()}
    assert len(names) == len({e.quad if quads else e.plover for e in dated})


def test_dyads(samples):
    axes = plot.dyads(samples.events, most=200)
    names = [label.get_text() for label in axes.get_xticklabels()]
    grid = axes.images[0].get_array()
    wanted = Counter()
    for event in samples.events:
        sides = [{a.code.split()[0] for a in side} - {"---"} for side in (event.source, event.source if event.reciprocal else event.target)]
        wanted.update((s, t) for s in sides[0] for t in sides[1] if s != t or not event.reciprocal)
    assert {(s, t): int(grid[i][j]) for i, s in enumerate(names) for j, t in enumerate(names) if grid[i][j]} == dict(wanted)
    assert len(plot.dyads(samples.events, most=3).get_xticklabels()) == 3


def test_places(samples):
    axes = plot.places(samples)
    spots = {(e.place.lon, e.place.lat, e.place.kind == "country") for e in samples.events if e.place}
    assert sum(len(c.get_offsets()) for c in axes.collections) == len(spots)


def test_given_axes_are_drawn_on(samples):
    from matplotlib import pyplot
    _, axes = pyplot.subplots()
    assert plot.timeline(samples, axes=axes) is axes


def test_what_cannot_be_drawn_is_said(coder, samples):
    nothing = coder.code("Nothing happened.").events
    for draw in (plot.timeline, plot.dyads, plot.places):
        with pytest.raises(dragoman.UseError):
            draw(nothing)
    with pytest.raises(dragoman.UseError, match="week"):
        plot.timeline(samples, by="week")


def test_without_matplotlib(samples, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(ImportError, match="plots need matplotlib"):
        plot.dyads(samples)
