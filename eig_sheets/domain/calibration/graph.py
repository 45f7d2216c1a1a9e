"""Whether severities can be compared: the graph of jurors and dossiers, whose edges are the evaluations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Component:
    """Dossiers and jurors whom a chain of evaluations links, and nothing links to the others; both sorted."""

    dossiers: tuple[str, ...]
    jurors: tuple[str, ...]


def components(votes: pd.DataFrame) -> tuple[Component, ...]:
    """The components of the evaluations (numero, jure), the largest first, then by number.

    Every dossier starts with its own label; jurors then dossiers take the lowest label next to them until nothing
    moves, and each label is replaced by its own label in between, so that a long chain takes few rounds.
    """
    if votes.empty:
        return ()
    dossiers, numbers = pd.factorize(votes["numero"], sort=True)
    jurors, names = pd.factorize(votes["jure"], sort=True)
    labels = np.arange(len(numbers))
    while True:
        lowest = np.full(len(names), len(numbers))
        np.minimum.at(lowest, jurors, labels[dossiers])
        reached = labels.copy()
        np.minimum.at(reached, dossiers, lowest[jurors])
        reached = reached[reached]
        if (reached == labels).all():
            break
        labels = reached
    found = [Component(tuple(numbers[labels == label]), tuple(names[lowest == label])) for label in np.unique(labels)]
    return tuple(sorted(found, key=lambda one: (-len(one.dossiers), one.dossiers)))
