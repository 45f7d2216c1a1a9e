"""Inventory of what is kept of this campaign: in the state folder, and in the folders where commands write."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from eig_sheets.call.jury.files_ballots import Ballot, BallotLog
from eig_sheets.call.jury.files_received import PageStore
from eig_sheets.call.jury.pages.pages import PageKind
from eig_sheets.cli.session import Session
from eig_sheets.config.sections import WrittenFolder
from eig_sheets.documents.checksum import is_unchanged
from eig_sheets.emails.catalogue.deliveries import Delivery
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.features.privacy.disposal import Item, Verdict, period_starts, verdict
from eig_sheets.features.privacy.files_records import kinds_of, sizes_of
from eig_sheets.features.privacy.files_stored import (
    StoredFile,
    digest_of,
    distinct,
    file_at,
    files_in,
    files_named,
    has_digest,
)
from eig_sheets.features.privacy.register import by_id, holding_named, kept_in, of_candidates
from eig_sheets.features.privacy.rules import RetentionRules
from eig_sheets.personal_data import Fate, Holding, Place
from eig_sheets.spreadsheet.locations import is_online
from eig_sheets.storage.history_store import HistoryStore
from eig_sheets.storage.ledger import Ledger
from eig_sheets.storage.records import FILE
from eig_sheets.storage.snapshot_store import SnapshotStore

_DRAFTS_PAGE = "index.html"


def verdicts(session: Session) -> list[Verdict]:
    """What becomes of each item that is kept, today or on the day of --today."""
    starts, rules, today = (
        period_starts(session.campaign),
        session.campaign.section(RetentionRules),
        session.clock.today,
    )
    return [verdict(item, rules, starts, today) for item in (*state_items(session), *produced_items(session))]


def of_each_workbook(session: Session) -> list[tuple[Session, list[Verdict]]]:
    """The verdicts of each workbook of the call; a file that is of both is said once."""
    told: set[tuple[str, str]] = set()
    inventories: list[tuple[Session, list[Verdict]]] = []
    for workbook in session.everywhere:
        new = [each for each in verdicts(workbook) if is_in_database(each.item) or _name(each.item) not in told]
        told |= {_name(each.item) for each in new}
        inventories.append((workbook, new))
    return inventories


def is_in_database(item: Item) -> bool:
    """Whether an item is what a database holds of one workbook, not a file."""
    return item.holding.where.endswith(".sqlite3")


def _name(item: Item) -> tuple[str, str]:
    return item.holding.id, item.key


def state_items(session: Session) -> list[Item]:
    """What the state folder holds of this workbook, and its earlier versions and logs."""
    state, features = session.state_as_it_is, session.campaign.features
    kept, known, holdings = _kept_records(session), by_id(features), kept_in(Place.STATE, features)
    items: list[Item] = []
    for file in files_in(state.folder, session.campaign.zone):
        if file.name == FILE:
            items += [Item(known[name], FILE, file.made, size) for name, size in kept.items()]
            continue
        holding = holding_named(holdings, file.name)
        if holding is None or holding.fate is Fate.NOTHING_PERSONAL:
            continue
        if ".sqlite3" in file.name:
            items += _in_database(session, holding, file) if file.name.endswith(".sqlite3") else ()
        elif not file.name.endswith(".json") or file.name.endswith(state.file_ending):  # others are not of one workbook
            items.append(Item(holding, file.name, file.made, file.size))
    return items


def _in_database(session: Session, holding: Holding, file: StoredFile) -> Iterator[Item]:
    """The items that a database holds of this workbook."""
    folder, key, features = session.state_as_it_is.folder, session.known.key, session.campaign.features
    if holding.id == "pages_jures":
        for page in PageStore(folder, key).kept().pages:
            kind = of_candidates(holding, features) if page.of_candidates else holding
            yield Item(kind, page.digest, page.received.date(), digest=page.digest)
        return
    if holding.id == "historique":
        for run in HistoryStore(folder, key).runs():
            yield Item(holding, str(run.run), run.at.date())
        return
    if holding.id == "copies_executions":
        for number, at in SnapshotStore(folder, key).runs().items():
            yield Item(holding, str(number), at.date())
        return
    for kind in _kinds_in(session, holding):
        yield Item(kind, file.name, file.made, file.size)


def _kinds_in(session: Session, holding: Holding) -> list[Holding]:
    """The kinds of data, one item each, that a database still has of this workbook."""
    folder, key = session.state_as_it_is.folder, session.known.key
    if holding.id == "etat":
        return [holding] if session.state_as_it_is.remembers() else []
    if holding.id == "envois":
        sent = Ledger(folder, key).deliveries()
        told = to_candidates(session, sent.values())
        return [holding, *([of_candidates(holding, session.campaign.features)] if told else [])] if sent else []
    kind = kinds_of(session.campaign.features).get(holding.id)  # in a file of an older version
    return [holding] if kind is None or kind(folder, key).has_to_go() else []


def _kept_records(session: Session) -> dict[str, int]:
    """The bytes of each kind of records in the store; without those that a purge leaves as they are."""
    folder, key, features = session.state_as_it_is.folder, session.known.key, session.campaign.features
    sizes, kinds = sizes_of(folder, key, features), kinds_of(features)
    return {name: size for name, size in sizes.items() if kinds[name](folder, key).has_to_go()}


def to_candidates(session: Session, deliveries: Iterable[Delivery]) -> list[str]:
    """The ids of those that went to candidates."""
    email_of = catalogue_of(session.campaign.features).email_of
    return [delivery.id for delivery in deliveries if email_of(delivery.template).about == "talents"]


def produced_items(session: Session) -> list[Item]:
    """The files that commands wrote in the folders that we know, by their absolute paths."""
    holdings = kept_in(Place.PRODUCED, session.campaign.features)
    items = [
        Item(holding, str(file.path), file.made, file.size, ours=_is_ours(holding, file))
        for file in produced_files(session)
        if (holding := holding_named(holdings, file.name)) is not None
    ]
    return _with_pages_of_drafts([*items, *_ballot_items(session)])


def _ballot_items(session: Session) -> Iterator[Item]:
    """The pages of jurors that were made as files: one that is not any more what we wrote is the juror's work."""
    made, features = {ballot.path: ballot for ballot in _ballots(session)}, session.campaign.features
    for file in _ballot_files(session):
        ballot = made[str(file.path)]
        untouched = has_digest(file.path, ballot.digest)
        holding = by_id(features)["grilles_vierges" if untouched else "grilles"]
        if ballot.kind == PageKind.CANDIDATES:
            holding = of_candidates(holding, features)
        yield Item(holding, str(file.path), file.made, file.size, ballot.digest if untouched else "")


def _ballot_files(session: Session) -> list[StoredFile]:
    zone = session.campaign.zone
    return [file for ballot in _ballots(session) for file in file_at(Path(ballot.path), zone)]


def _ballots(session: Session) -> list[Ballot]:
    return [*BallotLog(session.state_as_it_is.folder, session.known.key).ballots().values()]


def _is_ours(holding: Holding, file: StoredFile) -> bool:
    """Whether a file is as we wrote it; one that cannot be read is not known to be.

    Only asked of files that are there: calendars take a moment to import.
    """
    try:
        return is_genuine(holding.id, file.content())
    except OSError:
        return False


def produced_files(session: Session) -> list[StoredFile]:
    """The files of the folders where commands write: here, beside the workbook, and where the configuration says."""
    campaign = session.campaign
    zone, place = campaign.zone, session.place
    patterns = [pattern for holding in kept_in(Place.PRODUCED, campaign.features) for pattern in holding.patterns]
    near = [Path.cwd()] if is_online(campaign.location(session.named)) else [Path(place).parent, Path.cwd()]
    features = campaign.features
    near += [
        campaign.at_home(folder.of(campaign))
        for folder in (*features.parts(WrittenFolder), *features.parts_off(WrittenFolder))
    ]
    files = [file for folder in near if folder.is_dir() for file in files_named(folder, patterns, zone)]
    named = [*(campaign.path_of(folder) for folder in campaign.section(RetentionRules).folders)]
    named += [campaign.home / campaign.jury.received] if campaign.jury.received else []
    files += [file for folder in named for file in files_in(folder, zone)]
    files += _ballot_files(session)
    state = session.state_as_it_is.folder
    workbooks = {place, *([session.other.place] if session.other else [])}
    return [file for file in distinct(files) if str(file.path) not in workbooks and not file.path.is_relative_to(state)]


def with_digests(session: Session, items: Sequence[Item]) -> list[Item]:
    """The items, each with the SHA-256 of its content, of those that are files."""
    return [item if item.digest else replace(item, digest=digest_of(path_of(session, item))) for item in items]


def path_of(session: Session, item: Item) -> Path:
    """Where the file of an item is: a relative key is one of the state folder."""
    return session.state_as_it_is.folder / item.key


def _with_pages_of_drafts(items: list[Item]) -> list[Item]:
    """The page of a folder of drafts has all of them: it is as old as the oldest."""
    oldest: dict[Path, date] = {}
    for item in items:
        folder = Path(item.key).parent
        oldest[folder] = min(oldest.get(folder, item.made), item.made)
    return [
        replace(item, made=oldest[Path(item.key).parent]) if Path(item.key).name == _DRAFTS_PAGE else item
        for item in items
    ]


_ID: Final = re.compile(rb"\A(?:[^\r\n]+\r\n)*?Message-ID: <([0-9a-f]{32})@")
_UNSENT: Final = re.compile(rb"\A(?:[^\r\n]+\r\n)*?X-Unsent: 1\r\n")
_INDEX: Final = "<title>E-mails à relire"


def is_genuine(holding_id: str, data: bytes) -> bool:
    """Whether bytes are such a file; what nothing tells is not."""
    check = _CHECKS.get(holding_id)
    return check is not None and check(data)


def _is_draft(data: bytes) -> bool:
    """Whether this is a draft, or their page. What a program saved again has parts of its own making."""
    match = _ID.search(data)
    ours = match is not None and b"=_" + match[1] in data and _UNSENT.search(data) is not None
    return ours or _INDEX.encode() in data


def _is_agenda(data: bytes) -> bool:
    """Whether this is a calendar of ours."""
    from eig_sheets.emails.mail.timetables import is_agenda  # noqa: PLC0415 (icalendar: a tenth of a second)

    return is_agenda(data)


_CHECKS: Final[Mapping[str, Callable[[bytes], bool]]] = {
    "brouillons": _is_draft,
    "agendas": _is_agenda,
    "pages_reunion": is_unchanged,
}
