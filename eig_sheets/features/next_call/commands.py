"""`init DOSSIER`: the configuration and the workbook of a new call, made from those of the last one with `--from`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from eig_sheets import config, loading
from eig_sheets.cli.click_french import WholeNumber
from eig_sheets.cli.command import WritingCommand
from eig_sheets.cli.new_folder import refuse_other_contents
from eig_sheets.cli.output import show
from eig_sheets.cli.pipeline import applied
from eig_sheets.cli.program_name import program, shell_quoted
from eig_sheets.cli.refusal import Refusal
from eig_sheets.cli.session import Session
from eig_sheets.config import Campaign
from eig_sheets.config.sections import text_folders
from eig_sheets.emails.mail import templates
from eig_sheets.features.next_call.commands_answers import DAY, DAYS, SCALE, Answers
from eig_sheets.features.next_call.commands_files import TEXTS, location_from, relative, write_call
from eig_sheets.features.next_call.commands_first import first_call
from eig_sheets.features.next_call.differences import NextCall
from eig_sheets.features.next_call.jurors import Juror, plan_jurors
from eig_sheets.features.next_call.review import Nature, Review, of_settings, of_templates
from eig_sheets.features.next_call.review_items import Item, items
from eig_sheets.features.next_call.toml_text import configuration_text
from eig_sheets.run.commands_creation import create_missing
from eig_sheets.text.french import plural, typographic
from eig_sheets.workbook.table import Col, Table

_ITEMS: Final = Table[Item](
    Col("what", "À relire"), Col("where", "Où"), Col("values", "Valeurs", lambda item: typographic(item.values))
)
_TABLE: Final = Table[Review](Col("where"), Col("why", people=lambda review: typographic(review.why)), Col("value"))


_HELP: Final = (
    "Avec DOSSIER, prépare dans ce dossier un nouvel appel : demande (ou prend en options) ce qu’il est et ce qu’il a, "
    "puis écrit sa configuration, ses e-mails et son classeur.\n\nAvec --from, cet appel suit celui d’une "
    "configuration : ne demande que ce qu’un appel décide, décale les autres dates en gardant le jour de la semaine, "
    "reprend les textes et les jurés voulus, aucun dossier, et montre ce qui est à relire."
)


@click.command("init", cls=WritingCommand, help=_HELP)
@click.argument("folder", metavar="[DOSSIER]", required=False, type=click.Path(file_okay=False))
@click.option(
    "--from",
    "last",
    type=click.Path(readable=False),
    metavar="CONFIG",
    help="Prépare l’appel suivant de cette configuration (ou eig5).",
)
@click.option("--id", "id_", metavar="ID", help="L’identifiant du nouvel appel, par exemple EIG6.")
@click.option("--name", metavar="NOM", help="Le nom du nouvel appel.")
@click.option("--opens", type=DAY, metavar="DATE", help="Le jour de l’ouverture.")
@click.option("--closes", type=DAY, metavar="DATE", help="La clôture, avec son heure si elle n’est pas minuit.")
@click.option("--jury", type=DAYS, metavar="JOUR..JOUR", help="Les jours du jury.")
@click.option("--target", type=WholeNumber(1), metavar="N", help="Le nombre de places.")
@click.option(
    "--jurors", metavar="QUI", help="Avec --from : « tous », « aucun », ou des noms ou adresses séparés par « ; »."
)
@click.option(
    "--templates",
    type=click.Choice(["copy", "reference"]),
    help="Avec --from : copy (par défaut) copie les modèles d’e-mails, reference reprend ceux de l’ancien appel.",
)
@click.option("--criteria", metavar="CRITÈRES", help="Sans --from : les critères, séparés par « ; ».")
@click.option(
    "--scale", type=SCALE, metavar="N..N", help="Sans --from : la plus basse et la meilleure note d’un critère."
)
@click.option("--contact", metavar="ADRESSE", help="Sans --from : l’adresse à laquelle on écrit à l’équipe.")
@click.option("--private", is_flag=True, help="Sans --from : aucune administration n’en prend les décisions.")
@click.option("--stateless", is_flag=True, help="Sans --from : l’export du formulaire ne dit pas l’état des dossiers.")
@click.option(
    "--with",
    "parts",
    multiple=True,
    metavar="PARTIE",
    help="Sans --from : une partie qu’a l’appel, par exemple cofinancing (répétable) ; un mot inconnu les liste.",
)
@click.pass_obj
def init_from(
    session: Session, /, *, folder: str | None, last: str | None, dry_run: bool, form: str, **options: Any
) -> None:
    """Make a new call, or show what it would be with `dry_run`."""
    if folder is None:
        raise click.UsageError(typographic("Il manque le dossier du nouvel appel : init DOSSIER."))
    target = Path(folder).absolute()
    refuse_other_contents(target)
    _refuse_others(options, _OF_A_FIRST_CALL if last else _OF_A_NEXT_CALL, "avec" if last else "sans")
    if last is None:
        if form != "table":
            raise click.UsageError(typographic("--format ne va pas sans --from : ce qui est montré est un fichier."))
        first_call(session, target, options, dry_run=dry_run)
    else:
        _next_call(session, last, target, options, form, dry_run=dry_run)


_OF_A_FIRST_CALL: Final = ("criteria", "scale", "contact", "private", "stateless", "parts")
_OF_A_NEXT_CALL: Final = ("jurors", "templates")
_NAMES: Final = {"parts": "with"}


def _refuse_others(options: Mapping[str, Any], others: Sequence[str], how: str) -> None:
    for name in others:
        if options[name]:
            raise click.UsageError(typographic(f"--{_NAMES.get(name, name)} ne va pas {how} --from : retirez-le."))


def _next_call(
    session: Session, last: str, target: Path, options: Mapping[str, Any], form: str, *, dry_run: bool
) -> None:
    """Show what the next call would be; write its configuration, templates and workbook unless `dry_run`."""
    made = _Preparation(session, last, target, options)
    if form == "table":
        show(_ITEMS, items(made.reviews()), form, "Rien à relire.")
    else:
        show(_TABLE, made.reviews(), form)
    for question in made.campaign.questions:
        session.say(f"À vérifier : {question}.")
    if dry_run:
        session.say(f"Rien n’est écrit dans {target}.")
        return
    made.write()
    session.say(made.summary())


@dataclass(frozen=True, slots=True)
class _Files:
    """The configuration's path and text; the texts of all templates by name, and whether they are copied."""

    config: Path
    text: str
    templates: Mapping[str, str]
    copied: bool

    def written(self) -> dict[Path, str]:
        """What is written, by path."""
        folder = self.config.parent / TEXTS
        copies = {folder / name: text for name, text in self.templates.items() if self.copied}
        return {self.config: self.text, **copies}


class _Preparation:
    """Everything of the next call, known before anything is written."""

    def __init__(self, session: Session, last: str, target: Path, options: Mapping[str, Any]) -> None:
        self._session, self._folder = session, target
        path = config.packaged() if last == config.PACKAGED_NAME else Path(last).absolute()
        if not path.exists():
            raise Refusal(typographic(f"Configuration introuvable : {path}. Vérifiez --from."))
        self._last = Session(str(path), None, session.today, session.verbose, session.quiet)
        answers = Answers(self._last, options)
        self._call = NextCall(self._last.campaign, answers.decided())
        self._jurors = answers.jurors()
        self._files = self._planned(target / config.CONFIG_NAME, options["templates"] != "reference")
        self.campaign: Campaign = loading.load(self._files.config, self._files.text)

    def _planned(self, path: Path, copied: bool) -> _Files:
        campaign = self._last.campaign
        _ = self._last.templates  # checked before they are copied
        folder, *others = text_folders(campaign)
        texts = templates.texts(folder, others)
        settings = {"workbook.location": self._location(path.parent), "state.dir": "../.eig-sheets"}
        if campaign.workbook.talents is not None:
            settings["workbook.talents"] = "../talents.xlsx"
        if copied:
            settings["emails.templates"] = TEXTS
        text = configuration_text(self._call, _extends(campaign.path, path.parent), settings)
        return _Files(path, text, texts, copied)

    def _location(self, folder: Path) -> str:
        """The new workbook, as the new configuration says it. Raises Refusal when it is that of the last call."""
        given = self._session.location
        if given is None:
            return "../campagne.xlsx"
        if self._last.campaign.location() == self._last.campaign.location(given):
            raise Refusal(typographic(f"{given} est le classeur de l’appel d’avant : donnez-en un autre à --workbook."))
        return location_from(folder, given)

    def reviews(self) -> Sequence[Review]:
        """What people should read again, those of the jury included."""
        files, campaign = self._files, self.campaign
        sources = config.sources(files.config, campaign.provenance, files.text)
        jurors = [
            Review("Jury", _shown(juror), "juré repris, sans déports ni déclaration", Nature.JUROR)
            for juror in self._jurors
        ]
        decided = frozenset(self._call.chosen())
        of_last = config.source_names(campaign.provenance.paths[1:]) | {self._call.last.campaign.id}
        settings = of_settings(campaign, sources, decided, self._call.corrections(), of_last)
        return [*settings, *of_templates(files.templates), *jurors]

    def write(self) -> None:
        """Write the files, then the workbook with its jurors; nothing of it stays when the workbook cannot be made."""
        write_call(self._folder, self._files.written(), self._create_workbook)

    def _create_workbook(self) -> None:
        outer = self._session
        session = Session(str(self._files.config), None, outer.today, outer.verbose, quiet=True)
        for each in session.targets:
            create_missing(each)
        if self._jurors:
            with session.locked():
                applied(
                    session,
                    lambda: plan_jurors(session.workbook.read(), session.campaign, self._jurors),
                    lambda plan: plan,
                )

    def summary(self) -> str:
        """What was written, and what to do next."""
        config = self._files.config
        jurors = plural(len(self._jurors), "juré repris", "jurés repris") if self._jurors else "aucun juré repris"
        lines = [
            f"{self._call.id} est prêt dans {self._folder} ({jurors} ; aucun dossier, aucune note).",
            f"Relisez ce qui est listé ci-dessus dans {config} et dans les modèles (--format csv dit pourquoi), puis :",
            f"\n    {program()} --config {shell_quoted(str(config))} check",
        ]
        return "\n".join(lines)


def _extends(last: Path, folder: Path) -> str:
    return config.PACKAGED_NAME if last == config.packaged().absolute() else relative(last, folder)


def _shown(juror: Juror) -> str:
    return " ".join(str(juror[field]) for field in ("nom", "email") if juror.get(field))
