"""`import` of an export whose columns nobody mapped: what is shown, asked, refused, written in the configuration."""

import io
import sys
import tomllib

import pytest

from eig_sheets import config
from tests.call.applications.plausible import write_plausible_export
from tests.end_to_end.sending.terminal import at_a_terminal
from tests.nightly import Robot
from tests.program import eig

pytestmark = pytest.mark.in_memory


@pytest.fixture
def export(demo):
    return write_plausible_export(demo.folder)


def lines(done):
    return done.own.replace("\u202f", " ").splitlines()


def suggested(done):
    """The lines of TOML that are printed."""
    shown = lines(done)
    first = next(place for place, line in enumerate(shown) if "--write-mapping le fait" in line)
    return "\n".join(shown[first + 1 : -1])


def new_rows(campaign):
    rows = Robot(campaign).tab("Candidatures").rows
    return [row for row in rows if str(row["N° de dossier"]).startswith("37320")]


def test_without_a_terminal_nor_a_yes_required_columns_that_are_only_likely_are_refused(demo, export):
    before = demo.bytes
    done = demo.run("import", export)
    assert (done.code, done.out) == (1, "")
    assert lines(done)[-1].endswith(
        "« plausible.csv » : aucune colonne sûre pour « Administration d’accueil », « E-mail du porteur » et « Coût "
        "employeur 10 mois – jusqu’à 5 ans » ou « Coût employeur 10 mois – plus de 5 ans ». Rien n’est importé. "
        "Nommez-les dans [import.fields] de la configuration, ou relancez avec --yes si les colonnes probables vous "
        "conviennent."
    )
    assert demo.bytes == before
    assert demo.run("import", export, "--dry-run").code == 1
    said = demo.run("-q", "import", export)
    assert (said.code, len(lines(said))) == (1, 1)


def test_what_would_stay_blank_is_said(demo):
    headers = "ID,État du dossier,Déposé le,Nom du projet,Structure,Organisme d’accueil,Structure d’accueil"
    demo.export.write_text(f"{headers}\n1,En instruction,2021-04-01,Un,a,b,c\n", "utf-8")
    *_, doubtful, address, costs, refused = lines(demo.run("import", demo.export))
    assert doubtful == (
        "• « Administration d’accueil » : aucune colonne sûre. « Organisme d’accueil » et « Structure d’accueil » "
        "pourraient l’être : à vous de le dire dans [import.fields]."
    )
    assert address == "• « E-mail du porteur » : aucune colonne sûre."
    assert costs.startswith("• « Coût employeur 10 mois – jusqu’à 5 ans » ou « Coût")
    assert refused.endswith(
        "ou relancez avec --yes (restera vide : « Administration d’accueil », « E-mail du porteur » et « Coût "
        "employeur 10 mois – jusqu’à 5 ans » ou « Coût employeur 10 mois – plus de 5 ans »)."
    )
    done = demo.run("import", demo.export, "--yes")
    assert done.code == 0
    assert lines(done)[-2] == (
        "Restent vides : « Administration d’accueil », « E-mail du porteur » et « Coût employeur 10 mois – jusqu’à "
        "5 ans » ou « Coût employeur 10 mois – plus de 5 ans »."
    )


def test_each_column_is_shown_with_where_it_goes_and_three_values(demo, export):
    shown = [line.split("  ") for line in lines(demo.run("import", export, "--yes", "--dry-run", "--format", "json"))]
    rows = [tuple(cell.strip() for cell in cells if cell) for cells in shown]
    assert ("ID", "N° de dossier", "alias", "3732001 · 3732002 · 3732003") in rows
    assert ("Nom du projet", "Nom du projet", "exact", "Phare 1 · Phare 2 · Phare 3") in rows
    assert ("Type de structure", "Type d’administration", "probable", "Opérateur") in rows
    assert ("Téléphone professionnel", "—", "nulle part", "01") in rows
    assert ("Prénom", "Mentor de haut niveau", "probable", "Barnabé") in rows


def test_yes_takes_the_likely_columns_and_the_last_line_counts_them(demo, export):
    done = demo.run("import", export, "--yes")
    assert done.code == 0
    assert lines(done)[-1] == (
        "Colonnes de l’export : 28 reprises (84 valeurs) ; 19 laissées (51 valeurs), dont 12 de la plateforme."
    )
    first, *_ = rows = new_rows(demo)
    assert len(rows) == 3
    assert first["Administration d’accueil"] == "Office des phares 1"
    assert (first["Porteur de projet"], first["Mentor de haut niveau"]) == ("Apolline Cantal", "Barnabé Comté")
    addresses = ("E-mail du porteur", "E-mail du porteur 2", "E-mail du mentor", "E-mail RH", "E-mail gestion")
    assert [first[header].split("@")[0] for header in addresses] == ["porteur1", "second1", "mentor1", "rh", "g"]
    assert first["Coût employeur 10 mois – jusqu’à 5 ans"] == 61000
    assert first["Coût employeur 10 mois – plus de 5 ans"] == 71000
    assert (first["Nombre d’EIG demandés"], first["État du dossier"]) == (2, "En instruction")


def test_the_lines_that_are_printed_are_what_write_mapping_writes(demo, export):
    printed = suggested(demo.run("import", export))
    text = demo.config.read_bytes()
    done = demo.run("import", export, "--write-mapping")
    assert (done.code, new_rows(demo)) == (0, [])
    assert lines(done)[-1] == "Rien n’est importé : relisez-les, puis relancez l’import."
    written = tomllib.loads(demo.config.read_text(encoding="utf-8"))["import"]["fields"]
    lines_by_hand = tomllib.loads(printed)
    assert {field: written[field] for field in lines_by_hand} == lines_by_hand
    comments = [line for line in text.splitlines() if line.lstrip().startswith(b"#")]
    assert [line for line in demo.config.read_bytes().splitlines() if line.lstrip().startswith(b"#")] == comments
    assert [path.name for path in demo.config.parent.iterdir() if path.suffix == ".toml" or "eig" in path.name] == [
        "campaign.toml"
    ]


@pytest.mark.slow
def test_once_mapped_the_import_asks_nothing_and_a_second_one_changes_nothing(demo, export):
    assert demo.run("import", export, "--write-mapping", "--yes").code == 0
    assert len(new_rows(demo)) == 3
    again = demo.run("import", export)
    assert (again.code, lines(again)[-2]) == (
        0,
        f"{demo.workbook} : aucun dossier ajouté ; 3 dossiers déjà présents, inchangés.",
    )
    assert "probable" not in again.err


def test_a_dry_run_leaves_the_configuration_alone(demo, export):
    before = demo.config.read_bytes()
    assert demo.run("import", export, "--yes", "--write-mapping", "--dry-run").code == 0
    assert demo.config.read_bytes() == before


def test_a_configuration_that_is_written_otherwise_is_told_and_left_alone(demo, export):
    text = demo.config.read_text(encoding="utf-8")
    fields = '[import]\nfields = { numero = ["ID"], projet = ["Nom du projet"], date_depot = ["Déposé le"] }\n'
    demo.config.write_text(text[: text.index("[import]")] + fields, encoding="utf-8")
    before, workbook = demo.config.read_bytes(), demo.bytes
    done = demo.run("import", export, "--yes", "--write-mapping")
    assert done.code == 1
    assert "[import.fields] y est écrit d’une façon que --write-mapping ne modifie pas" in done.err
    assert 'type_administration = ["Type de structure"]' in done.err
    assert (demo.config.read_bytes(), demo.bytes) == (before, workbook)


def test_the_program_s_own_configuration_is_never_written(demo, export, tmp_path, monkeypatch):
    before = config.packaged().read_bytes()
    monkeypatch.chdir(tmp_path)
    done = eig("--workbook", demo.workbook, "import", export, "--write-mapping")
    assert done.code == 1
    said = done.err.replace("\u202f", " ")
    assert "La configuration livrée avec le programme n’est pas modifiée" in said
    assert f'{tmp_path / "config" / "campaign.toml"}, à créer avec la ligne « extends = "eig5" »' in said
    assert config.packaged().read_bytes() == before


def test_without_a_configuration_nothing_names_the_program_s_own_file(demo, export, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = eig("--workbook", demo.workbook, "import", export, "--yes", "--dry-run")
    said = done.err.replace("\u202f", " ")
    lines = f'[import.fields] de {tmp_path / "config" / "campaign.toml"}, à créer avec la ligne « extends = "eig5" »'
    assert f"{lines} (à la place de celles des mêmes champs) :" in said
    assert str(config.packaged()) not in said


@pytest.mark.slow
def test_states_of_the_platform_are_kept_told_and_counted(demo, export):
    text = export.read_text(encoding="utf-8-sig")
    head, first, two, three = text.splitlines()
    rows = [first.replace("En instruction", "En construction"), two.replace("En instruction", "Classé sans suite")]
    export.write_text("\n".join([head, *rows, three.replace(",Ada,Non,", ",Ada,Oui,")]), encoding="utf-8")
    done = demo.run("import", export, "--yes")
    told = next(line for line in lines(done) if "campagne.xlsx : " in line)
    assert told.endswith("1 dossier ajouté ; 1 dossier retiré, non ajouté ; 1 dossier archivé, non ajouté.")
    assert [row["État du dossier"] for row in new_rows(demo)] == ["En construction"]
    anomalies = [
        anomaly for anomaly in demo.run("check", "--format", "json").records if anomaly["dossier"] == "3732001"
    ]
    assert [record["code"] for record in anomalies] == ["dossier_modifiable"]


@pytest.mark.slow
def test_nobody_is_asked_for_what_stands_in_the_fiche(demo, export):
    demo.run("import", export, "--yes")
    due = demo.run("emails", "list", "--format", "json").records
    assert "pieces_manquantes" in {record["template"] for record in due}
    assert [record for record in due if record["dossier"] in ("3732001", "3732002", "3732003")] == []


class Typing(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("typed", "code", "region"),
    [("O", 0, "20, rue du Paraphe\n75000 Paris"), ("sans", 0, None), ("x", 1, None), ("", 1, None)],
)
def test_what_a_person_answers_is_what_is_taken(demo, monkeypatch, typed, code, region):
    text = demo.export.read_text(encoding="utf-8-sig")
    demo.export.write_text(text.replace("Adresse de l’administration d’accueil", "Votre région"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", Typing(f"{typed}\n"))
    done = demo.run("import", demo.export)
    assert "Importer ? o : oui, colonnes probables comprises ; s : sans elles ; n : non :" in " ".join(lines(done))
    assert done.code == code
    added = [row for row in Robot(demo).tab("Candidatures").rows if row["N° de dossier"] == "3731184"]
    assert [row["Région"] for row in added] == [region] * (code == 0)


@pytest.mark.slow
@pytest.mark.on_a_file
def test_a_person_at_a_terminal_is_asked_and_may_refuse(demo, export):
    before = demo.bytes
    with at_a_terminal(demo.arguments("import", export)) as terminal:
        terminal.wait_for("Importer, colonnes probables comprises ? o : oui ; n : non")
        assert "Structure" not in terminal.shown.splitlines()[0]
        terminal.type("n\n")
        assert terminal.ended() == 1
    assert "Rien n’est importé." in terminal.shown
    assert demo.bytes == before
