"""Helpers on pandas columns for the rules: masks, labels, first match."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Hashable, Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Mask = npt.NDArray[np.bool_]
Objects = npt.NDArray[Any]


def is_yes(column: pd.Series) -> Mask:
    """The mask of rows where people answered yes; a blank is not a yes."""
    return column.astype("boolean").fillna(False).to_numpy(dtype=bool)


def is_no(column: pd.Series) -> Mask:
    """The mask of rows where people answered no; a blank is not a no."""
    return (~column.astype("boolean")).fillna(False).to_numpy(dtype=bool)


def labelled(masks: Sequence[tuple[Hashable, Mask]], index: pd.Index) -> pd.Series:
    """For each row, the tuple of the labels whose mask is true there, in the order given.

    Rows with the same combination share one tuple, so the cost is that of the combinations.
    """
    if not masks or index.empty:
        return objects([()] * len(index), index)
    packed = np.packbits(np.column_stack([mask for _, mask in masks]), axis=1)
    patterns, rows = np.unique(packed, axis=0, return_inverse=True)
    unpacked = np.unpackbits(patterns, axis=1, count=len(masks)).astype(bool)
    labels = [label for label, _ in masks]
    tuples = objects([tuple(label for label, on in zip(labels, bits, strict=True) if on) for bits in unpacked])
    return objects(tuples.to_numpy()[rows.ravel()], index)


def objects(values: Iterable[object], index: pd.Index | None = None) -> pd.Series:
    """A column of Python objects: pandas neither unpacks tuples nor turns None into NaN."""
    items = list(values)
    array = np.empty(len(items), dtype=object)
    array[:] = items
    return pd.Series(array, index=index, dtype=object)


def chosen(first_that_holds: Sequence[tuple[str | None, Mask]], index: pd.Index) -> pd.Series:
    """For each row, the first word whose mask is true there, else None."""
    result = np.full(len(index), None, dtype=object)
    for word, mask in reversed(first_that_holds):
        result[mask] = word
    return pd.Series(result, index=index, dtype=object)


def named_rows(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows as named tuples, like `itertuples`, which makes a class at each call instead of one a set of columns."""
    if frame.empty:  # most checks find nothing, in tables of fifty columns
        return iter(())
    columns = (frame.iloc[:, place] for place in range(frame.shape[1]))
    return map(_row_class(tuple(frame.columns))._make, zip(*columns, strict=True))


@cache
def _row_class(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns, rename=True)


def records_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as mappings of their columns, with None for a blank."""
    blank = frame.astype(object).where(frame.notna(), None)
    return [{str(name): value for name, value in row.items()} for row in blank.to_dict("records")]


def unreadable(table: pd.DataFrame, fields: Iterable[str]) -> dict[str, Mask]:
    """For each field, the mask of cells that were filled with something that cannot be read."""
    codes, distinct = pd.factorize(table["unreadable"])
    return {
        field: np.array([field in unread for unread in distinct], dtype=bool)[codes] if len(distinct) else no_row(table)
        for field in fields
    }


def no_row(table: pd.DataFrame) -> Mask:
    """A mask that is false everywhere."""
    return np.zeros(len(table), dtype=bool)
