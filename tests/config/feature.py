"""A feature that is no part of the program: a section of the configuration, two of whose keys stood elsewhere once."""

from datetime import date
from pathlib import Path

from eig_sheets.config.coherence import Order
from eig_sheets.config.sections import Section
from eig_sheets.domain.rules import Minutes, Rules
from eig_sheets.registry import Feature, Features


class Day(Rules):
    """`[[visites.days]]`: a day of visits, of which people are told on another; where one reads what was seen."""

    on: date
    told: date
    report: str = ""


class Visits(Rules):
    """`[visites]`."""

    minutes: Minutes = 10
    place: str = ""
    hosts: tuple[str, ...] = ()
    days: tuple[Day, ...] = ()


SECTION = Section(
    key="visites",
    model=Visits,
    errors=lambda campaign: ["visites.place est vide"] if campaign.section(Visits).place == "nulle part" else [],
    moved={"emails.visit_minutes": "visites.minutes", "emails.visit_hosts": "visites.hosts"},
    orders=(
        Order("visites.days.told", "visites.days.on", "on prévient avant une visite", of_one_item=True),
        Order("visites.days.on", "campaign.closes", "une visite prépare à candidater", refused=False),
    ),
    texts_of_one_call=("visites.days.report",),
    packaged=Path(__file__).with_name("visits.toml"),
)
VISITS = Feature(id="visites", title="les visites", page="visites.fr.md", settings=lambda: (SECTION,))
TOURS = Feature(id="tours", title="les tournées", page="tournees.fr.md", needs=("visites",))
FEATURES = Features((VISITS, TOURS))
