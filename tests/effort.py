"""How much a test tries: a short form in `make test`, a long one in `make test-all`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

FEW, SHORT, DOUBLE, LONG = 3, 15, 30, 60
"""Examples of a property, unless it says otherwise: where a worked example is tried, in `make test`, in continuous
integration, in `make test-all`."""


def register_profiles() -> None:
    """Hypothesis's `short`, which is loaded, `few`, `double` and `long` (`pytest --hypothesis-profile long`)."""
    # Examples may take the time that the machine takes; what counts is what they find.
    patient = [HealthCheck.too_slow]
    settings.register_profile(
        "short", deadline=None, max_examples=SHORT, print_blob=True, suppress_health_check=patient
    )
    settings.register_profile("few", settings.get_profile("short"), max_examples=FEW)
    settings.register_profile("double", settings.get_profile("short"), max_examples=DOUBLE)
    settings.register_profile("long", settings.get_profile("short"), max_examples=LONG)
    settings.load_profile("short")


def examples(short: int, long: int | None = None) -> int:
    """How many examples of a costly property: so many in its short form; in the long one, `long` or in proportion."""
    most = settings().max_examples
    in_proportion = max(short * most // SHORT, 1)
    if long is None:
        return in_proportion
    return long if whole() else min(long, in_proportion)


def whole() -> bool:
    """Whether this is `make test-all`."""
    return settings().max_examples >= LONG


def spread(count: int, cases: Iterable[Any]) -> list[Any]:
    """About so many cases of a costly test, from one end to the other; in `make test-all`, all of them."""
    everything = [*cases]
    return everything if whole() else everything[:: -(-len(everything) // count)]


def slow(*cases: Any) -> list[Any]:
    """Cases of a parametrized test that `make test-all` alone runs; those beside them are its short form.

    A case is a tuple when the test has several parameters.
    """
    return [pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.slow) for case in cases]


def first(count: int, cases: Iterable[Any]) -> list[Any]:
    """The cases of a parametrized test, of which so many are its short form."""
    everything = [*cases]
    return [*everything[:count], *slow(*everything[count:])]
