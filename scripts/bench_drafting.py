"""Drafting 5,000 messages beside the bare rendering of their templates, in the same run: `make bench`.

Many samples of the demonstration make one campaign, each with its own people, projects, numbers, scores and costs. Ours
starts where every command does, once the workbook is read and the results are computed. The peer is jinja2, with the
same compiled templates and the values of each message in a dictionary that is ready. Both must give the same texts.
"""

from __future__ import annotations

import argparse
import time
import tracemalloc
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as hour
from typing import Any

from bench import report

from eig_sheets import config, loading, sample
from eig_sheets.call.results import compute
from eig_sheets.campaign.reading import Reading, read
from eig_sheets.campaign.results import Results
from eig_sheets.campaign.tabs import schema_of
from eig_sheets.cli.pipeline import gc_disabled
from eig_sheets.config import Campaign
from eig_sheets.emails.catalogue.due import Due
from eig_sheets.emails.catalogue.entries import catalogue_of
from eig_sheets.emails.catalogue.selection import due
from eig_sheets.emails.drafting.contexts import Contexts
from eig_sheets.emails.drafting.drafts import Draft, drafts, load_templates
from eig_sheets.emails.drafting.subjects import tables
from eig_sheets.emails.mail.context import Context, is_blank
from eig_sheets.emails.mail.messages import Blocked, Message, OutgoingEmail, Sender
from eig_sheets.emails.mail.mime import message
from eig_sheets.emails.mail.templates import Template
from eig_sheets.spreadsheet.model.snapshot import Snapshot, TabSnapshot

SAMPLES, ROUNDS = 173, 9
"""173 samples make a little over 5,000 e-mails."""
PEER, AIM = "jinja2, values ready", 2
MOMENT = datetime(2021, 4, 30, 12, tzinfo=UTC)
SENDER = Sender("eig@example.org", "Entrepreneurs d’intérêt général", "reponses@example.org", "eig@example.org")
BEFORE, AFTER = ("numero", "email", "jure"), ("projet", "administration", "porteur_projet", "mentor", "nom", "groupe")
"""Columns whose values begin, or end, with the number of their sample."""

Tabs = dict[str, list[dict[str, Any]]]
"""The rows of each tab, field by field."""
Text = tuple[str, str]
"""A subject and a body."""
PreparedEmails = list[tuple[Template, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Work:
    """A campaign as it is read and computed, and its templates."""

    campaign: Campaign
    texts: Mapping[str, Template]
    reading: Reading
    results: Results

    def drafted(self) -> list[Draft]:
        return drafts(self.reading, self.results, self.texts, MOMENT.date())


def main() -> None:
    """Print the ratios, then what the e-mails themselves take."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=int, default=SAMPLES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    with gc_disabled():  # as the commands are
        work = campaign_of(options.samples)
        ready, found = prepared(work), work.drafted()
        check_same_texts(found, rendered(ready))
        tasks = work.drafted, lambda: rendered(ready)
        what = f"{len(found)} e-mails drafted, {len({draft.template for draft in found})} templates"
        report(what, PEER, *best(*tasks, options.rounds), goal=AIM)
        report_memory(*map(peak, tasks))
        report_whole(found, work.campaign)


def campaign_of(samples: int) -> Work:
    """A campaign whose e-mails can all be written."""
    campaign = loading.load(config.packaged())
    tabs = grown(campaign, samples)
    held = {
        draft.numero
        for draft in computed(campaign, tabs).drafted()
        if draft.numero and isinstance(draft.outcome, Blocked)
    }
    whole = {tab: [row for row in rows if row.get("numero") not in held] for tab, rows in tabs.items()}
    return computed(campaign, whole)


def grown(campaign: Campaign, samples: int) -> Tabs:
    """The tabs of so many samples, one under the other; the people and projects of each are nobody else's."""
    schema = schema_of(campaign)
    tabs: Tabs = {tab.id: [] for tab in schema.tabs}
    for number in range(samples):
        for sheet in sample.sheets(schema, seed=number):
            names = [field.id for field in schema.tab(sheet.id).fields]
            for row in sheet.rows:
                cells = zip(names, row, strict=True)
                tabs[sheet.id].append({name: own(name, value, number) for name, value in cells})
    return tabs


def own(name: str, value: object, number: int) -> object:
    if value is None:
        return None
    if name.startswith(BEFORE):
        return f"{number}{value}"
    return f"{value} {number}" if name in AFTER else value


def computed(campaign: Campaign, tabs: Tabs) -> Work:
    """The campaign read and computed, as when a command begins to draft."""
    snapshots = []
    for tab in schema_of(campaign).tabs:
        rows = (list(row.values()) for row in tabs[tab.id])
        snapshots.append(TabSnapshot(tab.name, [[field.header for field in tab.fields], *rows]))
    reading = read(Snapshot(tuple(snapshots)), campaign)
    return Work(campaign, load_templates(campaign), reading, compute(reading))


def prepared(work: Work) -> PreparedEmails:
    """The template of each message and its values, plain."""
    known = tables(work.reading, work.results)
    contexts = Contexts(work.reading, work.results, known)
    asked = due(known, work.campaign.messages, MOMENT.date(), catalogue=catalogue_of(work.campaign.features))
    rows = (Due(*row) for row in asked.itertuples(index=False))
    pairs = ((work.texts[row.template], contexts.of(row)) for row in rows)
    return [(template, values(context, template.placeholders)) for template, context in pairs]


def values(context: Context, names: Collection[str]) -> dict[str, Any]:
    return {name: plain(context.values.get(name)) for name in names}


def plain(value: object) -> object:
    """What a template would be given without us."""
    if isinstance(value, Context):
        return values(value, [*value.values])
    if is_blank(value):
        return None
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    return value.date() if isinstance(value, datetime) and value.time() == hour.min else value


def rendered(ready: PreparedEmails) -> list[Text]:
    """The job of the peer."""
    return [(template.subject.render(values), template.body.render(values)) for template, values in ready]


def check_same_texts(found: list[Draft], texts: list[Text]) -> None:
    """Both say the same; the spaces are not the peer's."""
    for draft, text in zip(found, texts, strict=True):
        email = outgoing_email_of(draft)
        if words((email.subject, email.body)) != words(text):
            raise SystemExit(f"jinja2 wrote another {draft.id}")


def words(text: Text) -> list[str]:
    return ["".join(part.split()) for part in text]


def best(ours: Callable[[], object], peer: Callable[[], object], rounds: int) -> tuple[float, float]:
    """The least seconds of each, in alternation: other work of the machine only adds."""
    times = [(seconds(ours), seconds(peer)) for _ in range(rounds)]
    return min(one for one, _ in times), min(other for _, other in times)


def seconds(task: Callable[[], object]) -> float:
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def peak(task: Callable[[], object]) -> int:
    """The most bytes that it held at once, what it returns included; never timed."""
    tracemalloc.start()
    kept = task()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    del kept
    return most


def report_memory(ours: int, theirs: int) -> None:
    """A line under that of the seconds."""
    verdict = "ok" if ours <= AIM * theirs else "ABOVE THE AIM"
    sizes = f"{ours / 1e6:5.1f} MB   {PEER:26} {theirs / 1e6:5.1f} MB   ratio {ours / theirs:5.2f}"
    print(f"{'the same, peak of memory':62} {sizes}   aim ≤ {AIM}   {verdict}")


def report_whole(found: list[Draft], campaign: Campaign) -> None:
    """For information: these e-mails as they leave, with their pages and invitations."""
    start = time.perf_counter()
    size = sum(len(message(email, SENDER, campaign.zone, MOMENT).as_bytes()) for email in map(outgoing_email_of, found))
    took = time.perf_counter() - start
    print(f"{'the same, as whole e-mails':62} {took:6.3f} s   {size / 1e6:.1f} MB")


def outgoing_email_of(draft: Draft) -> OutgoingEmail:
    """The e-mail as it leaves when nobody changed it."""
    text = draft.outcome
    if not isinstance(text, Message):
        raise SystemExit(f"{draft.id} is held back")
    return OutgoingEmail(draft.id, text.to, text.cc, text.subject, text.body, draft.event)


if __name__ == "__main__":
    main()
