"""Attached files, over HTTP: their size and content checked, never twice, without the token."""

import base64
import stat

import pytest

from eig_sheets.call.applications.demarche import attachments, bodies, queries
from eig_sheets.spreadsheet.backoff import Backoff
from eig_sheets.text.french import typographic
from tests.demarche_server import dossiers, faults
from tests.demarche_server.dossiers import dossier, pieces, repetition
from tests.demarche_server.endless import endless

FICHE, SHEET = dossiers.file("fiche.pdf", b"%PDF fiche"), dossiers.file("../tableau.xlsx", b"PK tableau")


@pytest.fixture
def save(demarche, client, tmp_path):
    """Receives what there is, and saves its files."""

    def saved(*files, expire=False):
        if files:
            demarche.service.add(dossier(1, pieces(1, "Fiche", *files)))
        fetched = queries.fetch(client, 12345)
        if expire:
            demarche.expire_files()
        return attachments.save(client, fetched.dossiers, tmp_path / "pieces")

    return saved


def files_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def downloads_asked(demarche):
    return [request for request in demarche.asked if request.method == "GET"]


def test_files_are_saved_by_dossier_for_their_owner_alone(demarche, client, tmp_path, save):
    demarche.service.add(dossier(2, repetition(1, "Annexes", [pieces(2, "Annexe", SHEET)])))
    done = save(FICHE)
    assert (done.new, done.present, done.left) == (2, 0, [])
    folder = tmp_path / "pieces"
    assert files_in(folder) == {"1/fiche.pdf": b"%PDF fiche", "2/_tableau.xlsx": b"PK tableau"}
    assert stat.S_IMODE((folder / "1" / "fiche.pdf").stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "1").stat().st_mode) == 0o700


def test_the_token_does_not_go_to_the_storage(demarche, save):
    save(FICHE)
    [asked] = downloads_asked(demarche)
    assert "Authorization" not in asked.headers


def test_a_file_that_is_there_is_not_asked_for_again(demarche, save):
    save(FICHE)
    done = save()
    assert (done.new, done.present) == (0, 1)
    assert len(downloads_asked(demarche)) == 1


def test_a_file_of_the_same_name_and_another_content_stays(tmp_path, save):
    save(FICHE)
    other = dossiers.file("fiche.pdf", b"%PDF autre")
    done = save(other)
    checksum = base64.b64decode(other["checksum"]).hex()[:8]
    assert files_in(tmp_path / "pieces" / "1") == {
        "fiche.pdf": b"%PDF fiche",
        f"fiche-{checksum}.pdf": b"%PDF autre",
    }
    assert done.new == 1
    assert (save().new, save().present) == (0, 1)


def test_two_files_of_one_name_are_both_saved(tmp_path, save):
    assert save(FICHE, dossiers.file("fiche.pdf", b"%PDF autre")).new == 2
    assert len(files_in(tmp_path)) == 2


def test_an_address_that_expired_is_asked_for_again(demarche, tmp_path, save):
    assert save(FICHE, expire=True).new == 1
    assert demarche.operations[-1] == "getDossier"
    assert files_in(tmp_path / "pieces") == {"1/fiche.pdf": b"%PDF fiche"}


def test_an_address_that_is_never_good_is_said(demarche, save):
    demarche.file_faults = [faults.status(403)] * 2
    done = save(FICHE)
    [said] = done.left
    assert said == typographic(
        "Dossier 1, « fiche.pdf » : son adresse n’est plus valable. Ce fichier n’est pas téléchargé."
    )
    assert done.later


def test_a_file_that_left_the_dossier_meanwhile_is_said(demarche, client, tmp_path):
    demarche.service.add(dossier(1, pieces(1, "Fiche", FICHE)))
    fetched = queries.fetch(client, 12345)
    demarche.service.add(dossier(1))
    demarche.expire_files()
    assert "n’est plus dans le dossier" in attachments.save(client, fetched.dossiers, tmp_path).left[0]


@pytest.mark.parametrize(
    ("lie", "said", "later"),
    [
        ({"byteSizeBigInt": "5"}, "taille", True),
        ({"byteSizeBigInt": "5000"}, "taille", True),
        ({"checksum": base64.b64encode(b"0" * 16).decode()}, "empreinte différente", True),
        ({"checksum": "é"}, "empreinte MD5", True),
        ({"checksum": "abcd"}, "empreinte MD5", True),
        ({"virusScanResult": "pending"}, "pas encore examiné", True),
        ({"byteSizeBigInt": str(200 << 20)}, "dépasse 100", False),
        ({"virusScanResult": "infected"}, "antivirus", False),
        ({"virusScanResult": "integrity_error"}, "abîmé", False),
    ],
)
def test_a_file_that_is_not_what_the_service_says_is_left(tmp_path, save, lie, said, later):
    done = save({**FICHE, **lie})
    assert said in done.left[0]
    assert done.later is later
    assert files_in(tmp_path) == {}


def test_a_storage_that_fails_for_a_moment_is_asked_again(demarche, save):
    demarche.file_faults = [faults.status(503), faults.cut_before, faults.throttled()]
    assert save(FICHE).new == 1


@pytest.mark.parametrize("fault", [faults.status(400), faults.status(302), faults.page(500)])
def test_a_storage_that_refuses_a_file_is_said_and_the_others_are_saved(demarche, client, tmp_path, fault):
    client.backoff = Backoff(base=0, cap=0, budget=-1)
    demarche.service.add(dossier(1, pieces(1, "Fiche", FICHE, SHEET)))
    fetched = queries.fetch(client, 12345)
    demarche.file_faults = [fault]
    done = attachments.save(client, fetched.dossiers, tmp_path)
    assert (done.new, done.later) == (1, True)
    assert "HTTP" in done.left[0]


def test_a_redirection_is_followed_to_a_safe_place(demarche, client, save, tmp_path):
    demarche.service.add(dossier(1, pieces(1, "Fiche", FICHE)))
    fetched = queries.fetch(client, 12345)
    url = fetched.dossiers[0]["champs"][0]["files"][0]["url"]
    demarche.file_faults = [faults.status(302, Location=url)]
    assert attachments.save(client, fetched.dossiers, tmp_path).new == 1
    demarche.file_faults = [faults.status(302, Location="http://storage.example.org/fiche.pdf")]
    assert "pas sûre" in attachments.save(client, fetched.dossiers, tmp_path / "other").left[0]
    demarche.file_faults = [faults.status(302, Location="/loop")] * 4
    assert "d’adresse en adresse" in attachments.save(client, fetched.dossiers, tmp_path / "more").left[0]


@pytest.mark.slow
@pytest.mark.parametrize(("size", "longest"), [("100000", 60), ("90000000", 0.05)])
def test_a_file_that_never_ends_is_given_up(size, longest, monkeypatch):
    monkeypatch.setattr(bodies, "LONGEST", longest)
    with endless() as url, pytest.raises(attachments.DownloadError, match=r"taille|ReadTimeout"):
        attachments.downloaded({**FICHE, "byteSize": size, "url": url}, url, Backoff(base=0, cap=0, budget=-1))


@pytest.mark.parametrize(
    ("url", "service"),
    [
        ("http://storage.example.org/a", "https://demarche.example.org"),
        ("https://127.0.0.1/a", "https://demarche.example.org"),
        ("http://localhost:80/a", "https://demarche.example.org"),
        ("file:///etc/passwd", "http://127.0.0.1:1"),
        ("https://[::1/a", "https://demarche.example.org"),
        ("", "https://demarche.example.org"),
    ],
)
def test_an_unsafe_address_is_never_asked(url, service):
    with pytest.raises(attachments.DownloadError, match=r"sûre|n’en est pas une"):
        attachments._refuse_unsafe(url, service)


def test_an_address_in_https_is_safe():
    attachments._refuse_unsafe("https://storage.example.org/a?sig=x", "https://demarche.example.org")


def test_a_folder_that_has_the_name_of_the_file_stays(tmp_path, save):
    (tmp_path / "pieces" / "1" / "fiche.pdf").mkdir(parents=True)
    assert save(FICHE).new == 1
    assert (tmp_path / "pieces" / "1" / "fiche.pdf").is_dir()
