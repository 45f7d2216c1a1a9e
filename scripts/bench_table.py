"""What was measured of syncs, as a table with the aims beside it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bench_proxy import ROUND_TRIPS_OF_A_CONNECTION as ROUND_TRIPS

OURS = "eig-sheets"
SCENES = WRITTEN, UNCHANGED, CHANGED = ("all to write", "unchanged", "one score changed")
HEADERS = (
    f"{'':18}{'':17} reads writes opens   kB sent    kB got   kB wire        s    server computing processor"
    "  s ÷ ours  aim                  the rest ÷ ours   alone ÷ ours"
)
"""`opens`: connections; the rest: all but computing; alone: the sum of what is waited for and of processor.

Alone is what a sync would take on a machine that does nothing else, where seconds of processor are seconds.
"""


@dataclass(frozen=True, slots=True)
class Traffic:
    """Calls, and bytes of their bodies: `sent` and `got` as they were written, `wire` both as they crossed.

    Where a proxy counts: the connections, and the seconds that the server took to answer.
    """

    reads: int
    writes: int
    sent: int
    got: int
    wire: int
    connections: int = 0
    server: float = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """One sync: its seconds, those of them that are computing, those of processor in this process; calls and bytes.

    `cells` are those that ours changed.
    """

    seconds: float
    computing: float
    processor: float
    traffic: Traffic
    cells: int


@dataclass(frozen=True, slots=True)
class Aims:
    """Calls to read at each size; so many times faster than each peer with latency, and without where that is said."""

    reads: Callable[[int], int]
    speed: float
    speed_without_latency: float | None = None

    def speed_at(self, latency: float) -> float | None:
        return self.speed if latency else self.speed_without_latency


Measures = dict[tuple[str, str], list[Measure]]
"""By scene and contender."""


def report(measures: Measures, size: int, latency: float, aims: Aims) -> None:
    """A line for each scene and contender, in the order of what was measured, then what one change costs."""
    print(f"\n{size} dossiers × 4 évaluations, {latency:g} ms of latency")
    print(HEADERS)
    for (scene, name), found in measures.items():
        own = measures[scene, OURS]
        ratio, rest = (median(map(key, found)) / median(map(key, own)) for key in (_seconds, _rest))
        traffic = found[-1].traffic
        aim = in_calls(scene, traffic, aims.reads(size)) if name == OURS else in_time(ratio, aims.speed_at(latency))
        line = f"{scene:18}{name:17} {volumes(traffic)} {times(found)} {ratio:9.1f}  {aim:20} {rest:15.1f}"
        print(f"{line} {alone(found, latency):7.2f} {alone(found, latency) / alone(own, latency):6.1f}")
    last = measures[CHANGED, OURS][-1]
    print(f"One score changed: {last.traffic.sent} bytes sent for {last.cells} cells that differ.")


def volumes(traffic: Traffic) -> str:
    """Calls and kilobytes."""
    sizes = (traffic.sent, traffic.got, traffic.wire)
    return f"{traffic.reads:5} {traffic.writes:6} {traffic.connections:5}" + "".join(
        f" {size / 1000:9.1f}" for size in sizes
    )


def times(found: list[Measure]) -> str:
    """Medians, in seconds."""
    server = median(measure.traffic.server for measure in found)
    computing, processor = (
        median(measure.computing for measure in found),
        median(measure.processor for measure in found),
    )
    return f"{median(map(_seconds, found)):8.2f} {server:9.2f} {computing:9.2f} {processor:9.2f}"


def alone(found: list[Measure], latency: float) -> float:
    """Seconds: of round trips, of the server, of processor. `latency` is that of one, in milliseconds."""
    trips = found[-1].traffic.reads + found[-1].traffic.writes + ROUND_TRIPS * found[-1].traffic.connections
    waited = trips * latency / 1000
    return waited + median(measure.traffic.server + measure.processor for measure in found)


def _seconds(measure: Measure) -> float:
    return measure.seconds


def _rest(measure: Measure) -> float:
    return measure.seconds - measure.computing


def in_calls(scene: str, traffic: Traffic, reads: int) -> str:
    """Whether a sync of ours makes as few calls as it should."""
    writes = int(scene != UNCHANGED)
    met = traffic.reads <= reads and traffic.writes <= writes
    return f"≤ {reads} + {writes}  {'ok' if met else 'ABOVE THE AIM'}"


def in_time(ratio: float, speed: float | None) -> str:
    """Whether a peer takes as many times longer as it should."""
    return "" if speed is None else f"≥ {speed:g}  {'ok' if ratio >= speed else 'BELOW THE AIM'}"


def median(numbers: Iterable[float]) -> float:
    return statistics.median(numbers)
