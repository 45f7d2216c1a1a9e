"""What the runs of these tests would compute again and again, each in a second or so: the same once a process.

Both are pure functions; what they are given is the key, and nothing else of a run is kept.
"""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Iterable
from typing import Any

import jinja2
import pandas as pd

from eig_sheets.campaign import results


def install() -> None:
    """Compile each template once, correct each ranking once."""
    jinja2.Environment.compile = functools.cache(jinja2.Environment.compile)
    results.calibrate = kept(results.calibrate)


def kept(calibrate: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, which gives copies of what it computed before for the same evaluations and settings."""
    known: dict[str, Any] = {}

    @functools.wraps(calibrate)
    def asked(votes: pd.DataFrame, numbers: Iterable[str], *settings: Any) -> Any:
        numbers = [*numbers]
        key = repr((votes[["numero", "jure", "note"]].to_numpy().tolist(), numbers, settings))
        if key not in known:
            known[key] = calibrate(votes, numbers, *settings)
        return copy.deepcopy(known[key])

    return asked
