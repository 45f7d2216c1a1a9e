"""Where the comparison of dossiers hangs on a single reader or dossier: the parts that its removal would leave.

The graph has the dossiers that are read and the readers of any; it must stay in one piece without any one of them. A
reader of a single dossier is a piece of their own without it; a dossier that only one reader could have hangs on them,
which is known, and holds nothing else: it is no piece without them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eig_sheets.call.jury.assignment.demands import Pairs


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the graph that nothing links to the rest once the vertex `without` is removed (−1: even before).

    Vertices are dossiers, then readers, by place. `members`: the mask of those of the part (vertices,). `ends`: a
    dossier of the part, and one of another.
    """

    without: int
    members: npt.NDArray[np.bool_]
    ends: tuple[int, int]


def lone_readers(pairs: Pairs) -> npt.NDArray[np.intp]:
    """The readers of a single dossier, by place."""
    return np.flatnonzero(pairs.sum(axis=0) == 1)


def hangs_on_one(pairs: Pairs) -> bool:
    """Whether some reader or dossier alone holds the comparison together."""
    several = len(pairs) > 1
    return several and (len(lone_readers(pairs)) > 0 or next(separate_parts(pairs), None) is not None)


def separate_parts(pairs: Pairs) -> Iterator[Part]:
    """Each part that holds a dossier, when some vertex is removed and another dossier is in no such part."""
    dossiers = len(pairs)
    links = [  # the neighbours of each vertex
        *((dossiers + np.flatnonzero(row)).tolist() for row in pairs),
        *(np.flatnonzero(column).tolist() for column in pairs.T),
    ]
    whole = [*_components(links, -1)]
    is_parted = sum(bool(part[:dossiers].any()) for part in whole) > 1
    removed = [-1] if is_parted else [*_articulations(links)]
    read_once = pairs.sum(axis=1) == 1
    for vertex in removed:
        parts = [
            part
            for part in _components(links, vertex)
            if part[:dossiers].any() and (part.sum() > 1 or not (read_once & part[:dossiers]).any())
        ]
        ends = [int(np.flatnonzero(part)[0]) for part in parts]
        for place, part in enumerate(parts if len(parts) > 1 else ()):
            yield Part(vertex, part, (ends[place], ends[place - 1]))


def _components(links: list[list[int]], without: int) -> Iterator[npt.NDArray[np.bool_]]:
    """The connected components once a vertex is removed, readers of nothing left out."""
    unseen = np.array([bool(each) for each in links])
    if without >= 0:
        unseen[without] = False
    for start in range(len(links)):
        if unseen[start]:
            members = np.zeros(len(links), dtype=bool)
            stack = [start]
            unseen[start] = False
            while stack:
                vertex = stack.pop()
                members[vertex] = True
                for other in links[vertex]:
                    if unseen[other]:
                        unseen[other] = False
                        stack.append(other)
            yield members


def _articulations(links: list[list[int]]) -> Iterator[int]:
    """The vertices without which a connected graph is in several pieces (Hopcroft and Tarjan, 1973), in their order."""
    root = next((vertex for vertex, neighbours in enumerate(links) if neighbours), None)
    if root is None:
        return
    depth, lowest = [-1] * len(links), [0] * len(links)
    articulations, branches = set(), 0
    depth[root] = 0
    stack = [(root, -1, iter(links[root]))]
    while stack:
        vertex, parent, others = stack[-1]
        other = next(others, None)
        if other is None:
            stack.pop()
            if parent >= 0:
                lowest[parent] = min(lowest[parent], lowest[vertex])
                branches += parent == root
                if parent != root and lowest[vertex] >= depth[parent]:
                    articulations.add(parent)
        elif depth[other] < 0:
            depth[other] = lowest[other] = depth[vertex] + 1
            stack.append((other, vertex, iter(links[other])))
        elif other != parent:
            lowest[vertex] = min(lowest[vertex], depth[other])
    if branches > 1:
        articulations.add(root)
    yield from sorted(articulations)
