"""What came back, as it stands on a day: news of e-mails, rows of `Retours`, anomalies, lines of `Accueil`. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from eig_sheets.campaign.reading import Reading
from eig_sheets.campaign.reading_parts import Remembered
from eig_sheets.campaign.results import Results
from eig_sheets.emails.catalogue.deliveries import DeliveryStatus
from eig_sheets.emails.mail.addresses import wire
from eig_sheets.emails.outbox.news import DeliveryNews, News
from eig_sheets.emails.outbox.records import records_of
from eig_sheets.emails.outbox.versions import PreviousState
from eig_sheets.features.returns import words
from eig_sheets.features.returns.files_ledger import NOTHING_RECEIVED, Received
from eig_sheets.features.returns.matching import Return, returns_of
from eig_sheets.features.returns.rules_mail import ANSWERS, ReturnKind
from eig_sheets.features.returns.tab import TAB, TABLE, ReturnRow
from eig_sheets.personal_data import people_of
from eig_sheets.run.accueil import Pending, Urgency
from eig_sheets.run.pending import PendingLines
from eig_sheets.run.pending_links import OFFICERS, link_to_tab
from eig_sheets.run.sheets import KeptRows, Standing
from eig_sheets.storage.last_run import LastRun
from eig_sheets.text.french import day, listed, moment, plural, typographic
from eig_sheets.workbook.anomalies import Anomaly, anomaly, warning
from eig_sheets.workbook.layout import TabLayout

LEDGER: Final[Remembered[Received]] = Remembered(
    place="eig_sheets.features.returns.commands:received", nothing=NOTHING_RECEIVED
)
_RECENT: Final = timedelta(days=14)
"""How long `Accueil` speaks of a mail that only a person can read."""

RETURNED: Final = warning(
    "courriel_revenu",
    "« {address} » : l’e-mail « {id} » est revenu le {day}, {why}.",
    "Corrigez l’adresse si elle est fausse, puis dites que l’e-mail n’est pas parti "
    "(« eig-sheets emails settle {id} --not-sent ») : il sera proposé de nouveau.",
)
DECLINED: Final = warning(
    "rendez_vous_decline",
    "{address} décline le rendez-vous du {when} (« {title} »).",
    "Convenez d’un autre moment, ou trouvez qui vient à sa place ; cette ligne s’en va une fois l’heure passée.",
)
UNREADABLE: Final = warning(
    "retours_non_lus",
    "Les e-mails revenus et les réponses aux invitations ne sont plus relevés depuis le {day} : {why}",
    "Corrigez [returns] dans la configuration, ou rétablissez ce dossier ou cette boîte.",
    for_operator=True,
)


def found_returns(received: Received, reading: Reading, previous: PreviousState) -> tuple[Return, ...]:
    """What came back of the e-mails of this workbook."""
    if not received.mails:
        return ()
    elsewhere = records_of(reading.linked) if reading.linked is not None else ()
    return returns_of(received.mails, previous, elsewhere)


def news_of(reading: Reading, remembered: Mapping[Remembered[Any], Any], previous: PreviousState) -> dict[str, News]:
    """What `Envois` says of the e-mails that were returned, and of the invitations that were answered."""
    by_email: dict[str, list[Return]] = {}
    for one in found_returns(remembered.get(LEDGER, NOTHING_RECEIVED), reading, previous):
        if one.delivery is not None and one.why is None and one.kind is not ReturnKind.DELAYED:
            by_email.setdefault(one.delivery.id, []).append(one)
    return {sending_id: _news(of_one, reading) for sending_id, of_one in by_email.items()}


def _news(returns: Sequence[Return], reading: Reading) -> News:
    returned = [one for one in returns if one.kind is ReturnKind.RETURNED]
    sentences = [_returned(one, reading) for one in returned]
    sentences += [f"{one.address} {words.ANSWERED[one.kind]} ({day(one.mail.origin.moment)})."
                  for one in returns if one.kind in ANSWERS]  # fmt: skip
    return News(typographic(" ".join(sentences)), returned=bool(returned))


def _returned(one: Return, reading: Reading) -> str:
    place = _address_cell(one, reading)
    correct = f" Adresse en {place[0].name}!{place[1]}." if place else ""
    return f"« {one.address} » : {words.meaning(one.mail)}, le {day(one.mail.origin.moment)}.{correct}"


def _address_cell(one: Return, reading: Reading) -> tuple[TabLayout, str] | None:
    """The tab and the cell of an address, that of the dossier of the e-mail before any other; None when it is gone."""
    numero = one.delivery.numero if one.delivery else None
    places = [*_cells_of(one.address, numero, reading)]
    places.sort(key=lambda place: not place[0])
    return places[0][1:] if places else None


def _cells_of(address: str, numero: str | None, reading: Reading) -> Iterator[tuple[bool, TabLayout, str]]:
    sought = wire(address)
    for column in people_of(reading.campaign.features):
        table = reading.tables.get(column.tab)
        if table is None or column.address not in table.frame:
            continue
        frame = table.frame
        texts = frame[column.address].map(lambda text: isinstance(text, str) and wire(text) == sought)
        for row in frame[texts.astype(bool)].to_dict("records"):
            if cell := table.layout.cell(column.address, int(row["row"])):
                yield row.get("numero") == numero, table.layout, cell


def standing_returns(
    reading: Reading, results: Results, _last_run: LastRun, previous: PreviousState, today: date
) -> Standing:
    """The rows of `Retours`, the last mail first, and what is wrong."""
    received = results.recalled(LEDGER)
    returns = found_returns(received, reading, previous)
    rows = sorted(map(row_of, returns), key=lambda row: row.moment, reverse=True)
    return Standing(TABLE.cells(rows), tuple(_anomalies(reading, received, returns, previous, today)))


def row_of(one: Return) -> ReturnRow:
    """A return as the tab and the command show it."""
    origin, delivery, booked = one.mail.origin, one.delivery, one.booked
    address = one.address or listed(dict.fromkeys(one.mail.addresses)) or origin.sender
    return ReturnRow(
        origin.moment,
        one.kind,
        address,
        delivery.id if delivery else "",
        delivery.numero if delivery else None,
        booked.starts if booked else None,
        booked.title if booked else "",
        typographic(_detail(one)),
        origin.place,
    )


def _detail(one: Return) -> str:
    if one.why:
        return f"{words.UNREAD[one.why]} {words.READ_IT} De {one.mail.origin.sender} : « {one.mail.origin.subject} »."
    if one.booked:
        return f"« {one.mail.said} »" if one.mail.said else ""
    return f"{words.meaning(one.mail)}.".capitalize()


def _anomalies(
    reading: Reading, received: Received, returns: Iterable[Return], previous: PreviousState, today: date
) -> Iterator[Anomaly]:
    own = reading.layout.robot_tabs.get(TAB, reading.schema.robot_tabs[TAB])
    if received.failed_since is not None:
        yield anomaly(UNREADABLE, own, day=day(received.failed_since), why=received.failure)
    for one in returns:
        delivery, said = one.delivery, one.mail.origin.moment
        if delivery is None:
            continue
        if one.kind is ReturnKind.RETURNED and is_returned(previous, delivery.id):
            place = _address_cell(one, reading)
            tab, cell = (place[0].name, place[1]) if place else (own, None)
            yield anomaly(RETURNED, tab, cell, delivery.numero, address=one.address, id=delivery.id, day=day(said),
                          why=words.meaning(one.mail))  # fmt: skip
        elif is_declined(one, today) and one.booked:
            yield anomaly(DECLINED, own, None, delivery.numero, address=one.address, when=moment(one.booked.starts),
                          title=one.booked.title)  # fmt: skip


def is_returned(previous: PreviousState, sending_id: str) -> bool:
    """Whether an e-mail is still « Revenu »: nobody said since what became of it."""
    delivery = previous.last_deliveries.get(sending_id)
    return delivery is not None and delivery.state == DeliveryStatus.RETURNED


def is_declined(one: Return, today: date) -> bool:
    """Whether somebody declines an appointment that is still to come."""
    return one.kind is ReturnKind.DECLINED and one.booked is not None and one.booked.starts.date() >= today


def _pending(reading: Reading, results: Results, today: date) -> Iterator[Pending]:
    """Who declined an appointment to come, and the mails that only a person can read."""
    own = reading.layout.robot_tabs.get(TAB, reading.schema.robot_tabs[TAB])
    rows = [*TABLE.read_stored((TABLE.sheet_headers, *results.kept_rows.get(TAB, ())))]
    coming = [row for row in rows if row["kind"] == ReturnKind.DECLINED and _day(row["appointment"]) >= today]
    if coming:
        what = plural(len(coming), "invité décline un rendez-vous", "invités déclinent un rendez-vous")
        who = listed(f"{row['address']} ({moment(row['appointment'])})" for row in coming)
        yield Pending(OFFICERS, what, len(coming), Urgency.URGENT, link_to_tab(own), f"{who}.")
    unread = [row for row in rows if row["kind"] == ReturnKind.UNREAD and _day(row["moment"]) >= today - _RECENT]
    if unread:
        what = plural(len(unread), "retour à lire", "retours à lire")
        detail = "Le robot n’a pas su dire de quel e-mail, ou de qui : lisez-les dans la boîte."
        yield Pending(OFFICERS, what, len(unread), Urgency.TO_KNOW, link_to_tab(own), detail)


def _day(value: Any) -> date:
    return value.date() if isinstance(value, datetime) else date.min


NEWS: Final = DeliveryNews(news_of)
ROWS: Final = KeptRows(TAB, standing_returns)
LINES: Final = PendingLines(_pending)
