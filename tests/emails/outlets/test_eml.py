"""Files of a folder: what mail programs open, and the page that shows them all."""

import re
from datetime import timedelta
from email import message_from_bytes, policy
from html import unescape
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.emails.mail.mime import message
from eig_sheets.emails.outlets.base import DeliveryOutcome, OutletError
from eig_sheets.emails.outlets.eml import Eml, safe_name
from tests.emails.mail.golden_messages import DIFFICULT, PARIS, invitations
from tests.emails.mail.golden_messages import SENDER as TEAM
from tests.emails.outlets.messages import MOMENT, written

pytestmark = pytest.mark.newest

RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}


def drafted(folder, *some):
    with Eml(folder) as outlet:
        return [outlet.deliver(name, mail, ["a@example.org"]) for name, mail in some]


def test_a_file_is_a_draft_with_every_byte_of_the_message(tmp_path):
    mail = written()
    mail["Bcc"] = "secret@example.org"
    [receipt] = drafted(tmp_path / "new" / "folder", ("accuse-1", mail))
    path = tmp_path / "new" / "folder" / "accuse-1.eml"
    assert receipt.outcome is DeliveryOutcome.DRAFTED
    assert str(path) in receipt.detail
    data = path.read_bytes()
    assert data.count(b"X-Unsent: 1\r\n") == 1
    assert data.replace(b"X-Unsent: 1\r\n", b"") == written().as_bytes()


def test_a_draft_is_made_once_whatever_the_date(tmp_path):
    drafted(tmp_path, ("accuse-1", written()))
    before = (tmp_path / "accuse-1.eml").read_bytes()
    [again] = drafted(tmp_path, ("accuse-1", written(moment=MOMENT + timedelta(hours=1))))
    assert again.outcome is DeliveryOutcome.DRAFTED
    assert (tmp_path / "accuse-1.eml").read_bytes() == before


def test_another_file_of_that_name_is_left_alone(tmp_path):
    (tmp_path / "accuse-1.eml").write_bytes(b"Subject: mine\r\n\r\nnot the robot's\r\n")
    [receipt] = drafted(tmp_path, ("accuse-1", written()))
    assert receipt.outcome is DeliveryOutcome.REFUSED
    assert "supprimez-le" in receipt.detail
    assert (tmp_path / "accuse-1.eml").read_bytes() == b"Subject: mine\r\n\r\nnot the robot's\r\n"


def test_only_the_drafts_and_the_page_are_left(tmp_path):
    drafted(tmp_path, *((f"a-{n}", written(n)) for n in range(3)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a-0.eml", "a-1.eml", "a-2.eml", "index.html"]


def test_the_page_shows_what_earlier_runs_drafted_too(tmp_path):
    drafted(tmp_path, ("a-1", written(1)))
    drafted(tmp_path, ("a-2", written(2)))
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Votre dossier n° 1" in page
    assert "Votre dossier n° 2" in page


def test_the_page_needs_nothing_runs_nothing_and_links_to_each_file(tmp_path):
    mails = {name: message(letter, TEAM, PARIS, MOMENT) for name, letter in invitations().items()}
    mails["À <b> & “c”/d"] = message(DIFFICULT, TEAM, PARIS, MOMENT)
    drafted(tmp_path, *mails.items())
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<b>" not in page
    links = re.findall(r'href="([^"]*)"', page)
    assert sorted(links) == sorted(f"./{link[2:]}" for link in links)
    assert {unquote(unescape(link)) for link in links} == {f"./{path.name}" for path in tmp_path.glob("*.eml")}
    assert page.count("<iframe") == page.count('sandbox title="Message"') == len(mails)
    assert "default-src 'none'" in page
    frames = [unescape(frame) for frame in re.findall(r'srcdoc="([^"]*)"', page)]
    pages = {
        message_from_bytes(path.read_bytes(), policy=policy.default).get_body(("html",)).get_content()
        for path in tmp_path.glob("*.eml")
    }
    assert set(frames) == {page.replace("\r\n", "\n") for page in pages}


def test_a_file_that_cannot_be_read_is_named_all_the_same(tmp_path):
    (tmp_path / "étrange <i>.eml").write_bytes(b"Content-Type: text/plain; charset=nowhere\r\n\r\n\xff\r\n")
    (tmp_path / "vide.eml").write_bytes(b"")
    (tmp_path / "dossier.eml").mkdir()
    assert [receipt.outcome for receipt in drafted(tmp_path, ("a", written()))] == [DeliveryOutcome.DRAFTED]
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "étrange &lt;i&gt;.eml" in page
    assert "vide.eml" in page


def test_a_folder_that_is_none_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OutletError, match="ne peut pas recevoir de brouillons"), Eml(tmp_path / "file"):
        pass


@given(st.text(max_size=150) | st.sampled_from(sorted(RESERVED)).map(lambda name: name + ".x"), st.text(max_size=9))
def test_every_system_takes_the_names_and_tells_them_apart(name, other):
    made = safe_name(name)
    assert not re.search(r'[\x00-\x1f<>:"/\\|?*]', made)
    assert made
    assert len(made) <= 110
    assert made[-1] not in " ."
    assert made[0] not in " ."
    assert made.partition(".")[0].casefold() not in RESERVED
    assert (safe_name(other).casefold() == made.casefold()) == (other == name)
    assert Path(made).name == made


@pytest.mark.parametrize(
    ("one", "other"), [("a", "A"), ("a/b", "a-b"), ("é", "e\u0301"), ("a ", "a"), ("x" * 150, "x" * 151)]
)
def test_near_names_make_two_files(one, other):
    assert safe_name(one).casefold() != safe_name(other).casefold()


def test_the_ids_of_the_outbox_are_kept():
    assert safe_name("convocation_jury-90001-2") == "convocation_jury-90001-2"
