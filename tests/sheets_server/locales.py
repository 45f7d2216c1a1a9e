"""How people of a locale write numbers, dates and truth. Two locales are known: en_US and fr_FR."""

from __future__ import annotations

from dataclasses import dataclass

NARROW_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True, slots=True)
class Locale:
    """One locale; dates by their default patterns, names from Monday and January."""

    name: str
    decimal: str
    group: str
    typed_groups: str  # characters that people type between thousands
    day_first: bool
    true: str
    false: str
    currency: str
    money: str  # pattern of an amount, {} for its decimals
    short_date: str
    date: str
    date_time: str
    time: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    days: tuple[str, ...]
    short_days: tuple[str, ...]
    errors: dict[str, str]


ERRORS = {
    "ERROR": "#ERROR!",
    "NULL_VALUE": "#NULL!",
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "LOADING": "Loading...",
}
ENGLISH = Locale(
    name="en_US",
    decimal=".",
    group=",",
    typed_groups=",",
    day_first=False,
    true="TRUE",
    false="FALSE",
    currency="$",
    money='"$"#,##0{}',
    short_date="m/d",
    date="m/d/yyyy",
    date_time="m/d/yyyy h:mm:ss",
    time="h:mm:ss am/pm",
    months=(
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    short_months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    short_days=("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    errors=ERRORS,
)  # fmt: skip
FRENCH = Locale(
    name="fr_FR",
    decimal=",",
    group=NARROW_SPACE,
    typed_groups=f" {NARROW_SPACE}{NO_BREAK_SPACE}",
    day_first=True,
    true="VRAI",
    false="FAUX",
    currency="€",
    money=f'#,##0{{}}{NO_BREAK_SPACE}"€"',
    short_date="dd/mm",
    date="dd/mm/yyyy",
    date_time="dd/mm/yyyy hh:mm:ss",
    time="hh:mm:ss",
    months=(
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
    short_months=(
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
    ),
    days=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    short_days=("lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."),
    errors=ERRORS | {"ERROR": "#ERREUR!", "VALUE": "#VALEUR!", "NAME": "#NOM?", "NUM": "#NOMBRE!"},
)  # fmt: skip


def locale(name: str) -> Locale:
    """Return the habits of a locale; one that is not known here counts as English."""
    return FRENCH if name.startswith("fr") else ENGLISH
