"""What the corrected ranking is worth on campaigns whose truth is known, beside the mean note: `make bench`.

Prints the tables of docs/benchmarks.md: 30 dossiers, 20 places, in the situations of bench_ranking_cases.py.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before numpy is imported

import numpy as np
from bench_ranking_cases import CASES, HIGHEST, LOWEST, Case, Trial

from eig_sheets.call.scoring.calibration import Calibration, calibrate
from eig_sheets.call.scoring.calibration.performance import EDGES, Estimate, Performance, outcome, performance

PLACES, CAMPAIGNS, STREAMS = 20, 200, 20
COVERAGE = 0.88
"""Of the true ranks by the 90 % interval, at least."""


def main() -> None:
    """Print the tables, as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--campaigns", type=int, default=CAMPAIGNS, help="of each situation; a quarter for the streams")
    parser.add_argument("--cases", type=int, default=len(CASES), help="so many of the situations, from the first")
    chosen = parser.parse_args()
    cases = CASES[: chosen.cases]
    found = {case: tried(case, range(chosen.campaigns)) for case in cases}
    print(f"{chosen.campaigns} campaigns of each, in brackets the standard errors:\n")
    print_table(("situation", *HEADERS), (summary(case, found[case]) for case in cases))
    print("\nOf what was said at P in each bin, the share that came true (aim: within the bin):\n")
    bins = [f"{low:g} to {high:g}" for low, high in pairwise(EDGES)]
    print_table(("situation", *bins), (calibration(case, found[case]) for case in cases))
    spread, changed = streams(CASES[0], range(max(1, chosen.campaigns // 4)), STREAMS)
    print(
        f"\nOver {STREAMS} streams of draws, a quarter of the campaigns of the first situation: P varies by at most "
        f"{spread:.4f} (aim < 0.002); a zone changes in {_percent(changed, 0)} of the campaigns (aim < 2 %)."
    )


@dataclass(frozen=True, slots=True)
class Findings:
    """The performance over the campaigns that have a corrected ranking, and how many have none, for each reason.

    `severities`: the mean correlation of the severities that were estimated with the true ones, NaN for one juror.
    """

    performance: Performance | None
    severities: float
    uncorrected: Mapping[str, int]


def tried(case: Case, seeds: Iterable[int]) -> Findings:
    """What was found of a situation."""
    clusters, correlations, uncorrected = [], [], Counter[str]()
    for seed in seeds:
        trial = case.trial(seed)
        found = corrected(trial)
        if found.reason is not None:
            uncorrected[found.reason.value] += 1
            continue
        means = trial.votes.groupby("numero")["note"].mean().loc[[*trial.numbers]].to_numpy()
        clusters.append((outcome(trial.quality, means, found.dossiers.loc[[*trial.numbers]], PLACES),))
        if case.jurors > 1:
            true = [trial.severity[juror] for juror in found.jurors.index]
            correlations.append(float(np.corrcoef(true, found.jurors["severity"])[0, 1]))
    severities = float(np.mean(correlations)) if correlations else np.nan
    return Findings(performance(clusters) if clusters else None, severities, uncorrected)


def corrected(trial: Trial, stream: int = 0) -> Calibration:
    """The corrected ranking of a campaign; `stream` is that of its draws."""
    return calibrate(trial.votes, trial.numbers, PLACES, HIGHEST - LOWEST, trial.group_of, stream=stream)


HEADERS = (
    f"90 % interval covers, aim ≥ {100 * COVERAGE:.0f} %", "said at P 0.02 to 0.10, came true", "aim <",
    "P, mean gap", f"true {PLACES}: corrected", "mean note", "severities, correlation with the true ones",
)  # fmt: skip


def summary(case: Case, findings: Findings) -> list[str]:
    """The row of a situation."""
    found, reasons = findings.performance, findings.uncorrected.items()
    name = "; ".join([case.name, *(f"{count} without a corrected ranking ({reason})" for reason, count in reasons)])
    if found is None:
        return [name, *[""] * len(HEADERS)]
    return [
        name,
        marked(_share(found.coverage), found.coverage.value >= COVERAGE),
        _came_true(found, case.came_true),
        _percent(case.came_true, 0),
        f"{found.calibration_gap:.3f}",
        f"{found.corrected.value:.2f} ({found.corrected.error:.2f})",
        f"{found.raw.value:.2f} ({found.raw.error:.2f})",
        "" if np.isnan(findings.severities) else f"{findings.severities:.2f}",
    ]


def _came_true(found: Performance, most: float) -> str:
    unlikely = found.unlikely
    if not unlikely.count:
        return "nothing was said"
    return marked(f"{_share(unlikely.came_true)} of {unlikely.count}", unlikely.came_true.value < most)


def calibration(case: Case, findings: Findings) -> list[str]:
    """The row of a situation, bin by bin."""
    bins = findings.performance.bins if findings.performance else ()
    cells = [f"{one.came_true.value:.2f} ({one.came_true.error:.2f})" if one.count else "none" for one in bins]
    return [case.name, *(cells or [""] * (len(EDGES) - 1))]


def _share(estimate: Estimate) -> str:
    return f"{_percent(estimate.value)} ({100 * estimate.error:.1f})"


def _percent(share: float, decimals: int = 1) -> str:
    return f"{100 * share:.{decimals}f} %"


def marked(text: str, met: bool) -> str:
    """A cell, which says when an aim is missed."""
    return text if met else f"**{text}**, missed"


def streams(case: Case, seeds: Sequence[int], count: int) -> tuple[float, float]:
    """The largest range of a P over so many streams of draws, and the share of campaigns where a zone changes."""
    ranges, changed = [], 0
    for seed in seeds:
        trial = case.trial(seed)
        tables = [corrected(trial, stream).dossiers for stream in range(count)]
        said = np.array([table["p_selected"].to_numpy() for table in tables])
        ranges.append(float((said.max(axis=0) - said.min(axis=0)).max()))
        changed += len({tuple(table["zone"]) for table in tables}) > 1
    return max(ranges), changed / len(seeds)


def print_table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A Markdown table."""
    print(f"| {' | '.join(headers)} |")
    print(f"|{'---|' * len(headers)}")
    for row in rows:
        print(f"| {' | '.join(row)} |", flush=True)


if __name__ == "__main__":
    main()
