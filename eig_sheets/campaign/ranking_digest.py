"""The SHA-256 of a ranking's inputs, which the minutes quote, from a record that names nobody."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def inputs(record: Mapping[str, Any]) -> bytes:
    """The inputs of the ranking of a record (`ranking_inputs`), the same bytes whatever the order of its rows.

    JSON in UTF-8, keys sorted, no spaces: `regles`, the sections campaign (id, target), scoring, criteria and ranking;
    `dossiers`, [number, preselection, decision, eligibility]; `evaluations`, [dossier, number of the juror, déport,
    opinion, heart, then the score of each criterion, « NSP » or null], one each, sorted; `selection`, where the call
    has rules for one: these, and what each limit counts of each dossier.
    """
    content = {
        "regles": record["rules"],
        "dossiers": _sorted([[dossier[name] for name in _DOSSIER] for dossier in record["dossiers"]]),
        "evaluations": _evaluations(record),
        **({"selection": record["selection"]} if record["selection"] else {}),
    }
    return canonical(content)


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one form of a content that digests are made of: JSON in UTF-8, keys sorted, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(record: Mapping[str, Any]) -> str:
    """The SHA-256 of the inputs, in hexadecimal."""
    return hashlib.sha256(inputs(record)).hexdigest()


_DOSSIER = ("numero", "preselection", "decision", "status")
_EVALUATION = ("numero", "jure", "deport", "avis", "coup_de_coeur")


def _evaluations(record: Mapping[str, Any]) -> list[list[Any]]:
    criteria = [criterion["id"] for criterion in record["rules"]["criteria"]]
    return _sorted(
        [
            [evaluation[name] for name in _EVALUATION]
            + ["NSP" if evaluation[f"{criterion}_nsp"] else evaluation[criterion] for criterion in criteria]
            for evaluation in record["evaluations"]
        ]
    )


def _sorted(rows: list[list[Any]]) -> list[list[Any]]:
    return sorted(rows, key=lambda row: [str(cell) for cell in row])
