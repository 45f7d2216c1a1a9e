"""The text of the configuration of a call that follows none: each value, and what is only a hypothesis. Pure."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Final

from eig_sheets.config.campaign import Campaign
from eig_sheets.config.coherence import day_of
from eig_sheets.domain.cofinancing_rules import Host
from eig_sheets.features.next_call.first_call import COFINANCING, COLUMNS, MAILS, FirstCall, criterion_ids
from eig_sheets.features.next_call.toml_text import toml_value
from eig_sheets.registry import Feature, Features
from eig_sheets.text.french import listed
from eig_sheets.text.french_days import written_days

_COLUMN: Final = 33


def configuration_of(call: FirstCall, features: Features, location: str, eig: Campaign) -> str:
    """The text of its configuration; `location`: of its workbook; `eig`: the packaged one, for kinds of employers."""
    parts = [
        _head(call), _campaign(call), _without(call, features), _workbook(call, location), _scoring(call),
        *_cofinancing(call, eig), _decisions(call), _emails(call), _import(call),
    ]  # fmt: skip
    return "\n\n".join(parts) + "\n"


def _head(call: FirstCall) -> str:
    return "\n".join([
        f"# {call.name} : les règles de l’appel. Les chemins partent du dossier de ce fichier.",
        "# « hypothèse » : ce que personne n’a encore décidé ; ensuite, écrivez à la place d’où vient la valeur.",
        "# Toutes les clés, expliquées : docs/configuration.fr.md.",
    ])  # fmt: skip


def _line(name: str, value: object, comment: str = "") -> str:
    line = f"{name} = {toml_value(value)}"
    return f"{line.ljust(_COLUMN - 1)} # {comment}" if comment else line


def _said(call: FirstCall, answer: str, comment: str = "") -> str:
    """The comment of a value: whether it is only a hypothesis, where nobody gave that answer."""
    return " : ".join(filter(None, ["hypothèse" if answer in call.guessed else "", comment]))


def _campaign(call: FirstCall) -> str:
    return "\n".join([
        "[campaign]",
        _line("id", call.id),
        _line("name", call.name, _said(call, "name")),
        _line("timezone", "Europe/Paris", "hypothèse"),
        _line("opens", call.opens),
        _line("closes", call.closes, _said(call, "closes", "ce jour compte en entier, si aucune heure n’est dite")),
        _line("target", call.target, _said(call, "target", "places")),
    ])  # fmt: skip


def _without(call: FirstCall, features: Features) -> str:
    off = [feature for feature in features if feature.question and feature.id not in call.parts]
    words = "\n".join(f"  {toml_value(feature.id)},".ljust(_COLUMN - 1) + f" # {_to_have(feature)}" for feature in off)
    head = (
        "# Ce dont cet appel se passe. Pour l’avoir plus tard, retirez sa ligne : « eig-sheets init » l’ajoute."
        "\n[features]\n"
    )
    return head + (f"without = [\n{words}\n]" if off else "without = []")


def _to_have(feature: Feature) -> str:
    """What a feature is, and the other words to take out of the configuration with its own."""
    kinds = (("without_columns", COLUMNS), ("emails.disabled", MAILS))
    words = [(key, [word for word, parts in of.items() if feature.id in parts]) for key, of in kinds]
    also = [f"{listed(found)} de {key}" for key, found in words if found]
    return feature.title + (f" ; alors, retirez aussi {' ; '.join(also)}" if also else "")


def _workbook(call: FirstCall, location: str) -> str:
    columns = [column for column, parts in COLUMNS.items() if not call.parts & {*parts}]
    lines = [
        "[workbook]",
        _line("location", location, "ou l’adresse d’une feuille Google, d’un document Grist"),
        "# Colonnes de Candidatures dont cet appel se passe : retirez un mot pour en avoir une.",
        f"without_columns = [\n{_wrapped(columns)}\n]",
        *(
            []
            if call.is_public
            else ["", "[workbook.headers]", 'administration = ["Organisme"]  # son nom dans le classeur']
        ),
        "",
        "[state]",
        _line("dir", "../.eig-sheets"),
    ]
    if "requests" in call.parts:
        lines += ["", "[requests]", _line("folder", "../demandes"), _line("imports", "../exports")]
    return "\n".join(lines)


def _wrapped(words: Sequence[str]) -> str:
    text = " ".join(f"{toml_value(word)}," for word in words)
    return "\n".join(textwrap.wrap(text, 110, initial_indent="  ", subsequent_indent="  "))


def _scoring(call: FirstCall) -> str:
    least, best = call.scale
    required = ("projet", "administration") if call.is_public else ("projet",)  # a person alone may apply for a prize
    lines = [
        "[scoring]",
        _line("min", least, _said(call, "scale")),
        _line("max", best, _said(call, "scale")),
        _line("min_reviews", 2, "hypothèse : évaluations qu’il faut à un dossier pour être classé"),
        _line(
            "closes",
            call.jury[-1],
            _said(call, "jury", "fin du jury ; ensuite, une note qui change est signalée"),
        ),
        "",
    ]
    lines += ["[jury]", _line("reads", 2, "hypothèse : lecteurs par dossier ; se change dans Paramètres"), ""]
    ids = criterion_ids(call.criteria)
    for id_, label in zip(ids, call.criteria, strict=True):
        lines += [
            "[[criteria]]",
            _line("id", id_),
            _line("label", label, _said(call, "criteria")),
            _line("weight", 1, "hypothèse : poids égaux"),
        ]
    lines += [
        "",
        "[ranking]",
        _line("method", "mean", "hypothèse : moyenne des notes"),
        _line("tie_break", (ids[0],), "hypothèse : à égalité, ce critère"),
        _line("seed", call.opens.year, "pour que les mêmes notes donnent toujours les mêmes intervalles"),
        _line("waiting_list", min(2, call.target), "hypothèse : places en liste d’attente"),
        "",
        "[eligibility]",
        _line("required", required, "hypothèse : ce qu’un dossier doit avoir"),
    ]
    return "\n".join(lines)


def _cofinancing(call: FirstCall, eig: Campaign) -> Iterator[str]:
    if COFINANCING not in call.parts:
        yield "\n".join(["[cofinancing]", _line("rule", "none")])
        return
    yield "\n".join([
        "[cofinancing]",
        _line("rule", "flat"),
        _line("flat_amount", call.amount, _said(call, "amount", "euros pour chaque personne recrutée")),
        "# Comment chaque type d’employeur reçoit les crédits : hypothèse, comme pour EIG5.",
        *(line for host in eig.cofinancing.hosts for line in _host(host)),
    ])  # fmt: skip


def _host(host: Host) -> Iterator[str]:
    yield "[[cofinancing.hosts]]"
    yield from (_line(name, value) for name, value in host.model_dump(exclude_none=True).items())


def _decisions(call: FirstCall) -> str:
    lines = ["[decisions]"]
    if call.is_public:
        lines.append(_line("voies_recours", "", "à demander au service juridique : les refus les disent"))
    return "\n".join(
        [*lines, _line("public_law", call.is_public, "une administration décide" if call.is_public else "")]
    )


def _emails(call: FirstCall) -> str:
    first, last = call.jury[0], call.jury[-1]
    closes = day_of(call.closes)
    before = [day for day in (first - timedelta(days=7), first - timedelta(days=2)) if closes < day < first]
    invited = min([closes + timedelta(days=2), *before, first])
    lines = [
        "[emails]",
        _line("templates", "emails", "les textes, à relire et à changer"),
        _line("signature", f"L’équipe de l’appel « {call.name} »"),
        _line("contact", call.contact, "" if call.contact else "à remplir : sans elle, aucun e-mail ne part"),
        _line("jury_dates", written_days(call.jury), _said(call, "jury")),
        _line("jury_place", "", "heure et lieu de la réunion du jury, ou son lien"),
        _line("jury_invited", invited, "hypothèse"),
        _line("reminders", tuple(day for day in before if day > invited), "hypothèse"),
        _line("jury_thanked", last + timedelta(days=1), "hypothèse"),
        _line("announced", last + timedelta(days=1), "hypothèse : aucune décision n’est annoncée avant"),
        _line("disabled", call.disabled, "dont cet appel n’a pas l’usage"),
    ]
    return "\n".join(lines)


_HEADERS: Final = {
    "numero": ("Numéro", "N°", "Référence", "Identifiant", "ID", "N° dossier", "Numéro de dossier"),
    "date_depot": ("Déposé le", "Date de dépôt", "Date d’envoi", "Envoyé le", "Horodateur"),
    "projet": ("Nom du projet", "Projet", "Titre du projet", "Intitulé du projet", "Titre"),
    "administration": ("Structure", "Nom de la structure", "Organisme", "Association", "Établissement"),
    "resume": ("Résumé", "Description", "En quelques lignes"),
    "porteur_projet": ("Porteur de projet", "Nom et prénom", "Nom du porteur", "Contact"),
    "email_porteur": ("E-mail", "Adresse électronique", "Courriel", "E-mail du porteur", "Courriel du porteur"),
}
"""What the columns of a form are usually called: hypotheses, which `import` shows before it takes anything."""


def _import(call: FirstCall) -> str:
    stateless = _line("etat", (), "le formulaire ne dit pas d’état : chaque ligne est une candidature")
    return "\n".join([
        "# Les colonnes de l’export du formulaire : « eig-sheets import » montre où va chacune (docs/import.fr.md).",
        "[import.fields]",
        *(_line(field, headers) for field, headers in _HEADERS.items()),
        *([] if call.states_rows else [stateless]),
    ])  # fmt: skip
