"""The rows of `Envois`."""

from __future__ import annotations

from datetime import datetime

from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.text.french import typographic
from eig_sheets.workbook import envois
from eig_sheets.workbook.envois import Sending
from tests.run.tables import by_header, column

SENT = Sending(
    "accuse_reception-101", "accuse_reception", "101", "ada@example.org", "Votre dossier", DeliveryStatus.SENT,
    "Parti : accepté", datetime(2021, 4, 8, 9, 30), "abc",
)  # fmt: skip


def test_a_row_tells_the_status_of_an_e_mail_with_french_spaces():
    [row] = by_header(envois.TABLE.sheet_columns, envois.TABLE.cells([SENT]))
    assert row == {
        "Id": "accuse_reception-101",
        "Modèle": "accuse_reception",
        "N° de dossier": "101",
        "Destinataires": "ada@example.org",
        "Objet": "Votre dossier",
        "État": "Envoyé",
        "Le": datetime(2021, 4, 8, 9, 30),
        "Précision": typographic("Parti : accepté"),
        "Empreinte": "abc",
    }


def test_what_is_not_known_is_blank_and_never_an_empty_text():
    [row] = by_header(
        envois.TABLE.sheet_columns, envois.TABLE.cells([Sending("a", "b", None, None, None, DeliveryStatus.TO_APPROVE)])
    )
    assert [header for header, value in row.items() if value is not None] == ["Id", "Modèle", "État"]


def test_every_status_has_a_colour_and_the_fingerprint_is_hidden():
    assert {status for status, _ in envois.TONES} == {*DeliveryStatus}
    assert column(envois.TABLE.sheet_columns, "État").tones == envois.TONES
    assert [shown.header for shown in envois.TABLE.sheet_columns if shown.hidden] == ["Empreinte"]
