"""Cancelling an advice slot: who was told of it is told so, once, unless it only moved."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.emails.outbox.team import REFUSED, made, number, refused
from tests.emails.outbox.test_cancellations import cancelled
from tests.spreadsheet.xlsx_desk import edit


def slot(hour, **fields):
    return {
        "debut": datetime(2021, 5, 19, hour), "reserve_par": "Claude Roux", "email": "claude@exemple.invalid",
        "projet": "Phare", "statut": "Réservé", **fields,
    }  # fmt: skip


@pytest.fixture
def booked(tmp_path):
    """Somebody booked two slots about one project, and was told so."""
    team = made(tmp_path / "campagne", candidatures=[refused("90002")], creneaux=[slot(9), slot(15)])
    team.send(*(sending_id for sending_id in team.ids if sending_id.startswith("confirmation")))
    return team


def test_a_slot_that_is_freed_is_cancelled(booked):
    edit(booked.path, "set", tab="Créneaux", cell=status(booked, 15), value="Libre")
    booked.night()
    [off] = cancelled(booked)
    assert "1500" in off
    assert booked.row(off)["Destinataires"] == "claude@exemple.invalid"
    assert "à 15" in booked.row(off)["Objet"]


@pytest.mark.slow
def test_a_slot_that_moves_is_an_update_and_no_cancellation(booked):
    cell = booked.robot.tab("Créneaux").cell("Début", datetime(2021, 5, 19, 15))
    edit(booked.path, "set", tab="Créneaux", cell=cell, value=datetime(2021, 5, 19, 16))
    booked.night()
    assert cancelled(booked) == []
    [moved] = booked.ready.keys() - {REFUSED}
    assert "1600" in moved
    assert number(booked.send(moved)) == 1


def status(team, hour):
    return team.robot.tab("Créneaux").cell("Statut", datetime(2021, 5, 19, hour), "Début")
