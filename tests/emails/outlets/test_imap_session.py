import pytest
from hypothesis import given
from hypothesis import strategies as st

from eig_sheets.emails.outlets.imap_session import decoded_name, encoded_name, folders

LETTERS = st.characters(exclude_categories=("Cs", "Cc"))


@pytest.mark.parametrize(
    ("name", "travelling"),
    [
        ("INBOX", '"INBOX"'),
        ("Brouillons d’été", '"Brouillons d&IBk-&AOk-t&AOk-"'.replace("&IBk-&AOk-t", "&IBkA6Q-t")),
        ("~peter/mail/台北/日本語", '"~peter/mail/&U,BTFw-/&ZeVnLIqe-"'),
        ("A & B", '"A &- B"'),
        ('un "nom" \\', '"un \\"nom\\" \\\\"'),
        ("😀", '"&2D3eAA-"'),
    ],
)
def test_names_travel_as_the_rfc_says(name, travelling):
    assert encoded_name(name) == travelling
    assert decoded_name(travelling) == name


@given(st.text(LETTERS, max_size=20))
def test_every_name_comes_back(name):
    assert encoded_name(name).isascii()
    assert decoded_name(encoded_name(name)) == name


def test_folders_are_read_however_the_server_writes_them():
    answer = [
        rb'(\HasNoChildren \Drafts) "/" "Brouill&AOk-"',
        rb"(\Noselect) NIL INBOX",
        (rb'(\Marked) "\\" {5}', b'a"b\\c'),
        b"",
        None,
        rb"nothing like it",
    ]
    assert list(folders(answer)) == [
        ({"\\hasnochildren", "\\drafts"}, '"Brouill&AOk-"'),
        ({"\\noselect"}, "INBOX"),
        ({"\\marked"}, '"a\\"b\\\\c"'),
    ]
