import os

import pytest

from eig_sheets.emails.outlets.base import OutletError
from eig_sheets.emails.outlets.servers import Password, read_secret

SECRET = "S3CRET d’été"


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "mot de passe"
    made.touch(mode=0o600)
    return made


def test_a_password_is_in_a_variable_or_else_on_the_first_line_of_a_file(path):
    path.write_text(f"{SECRET}\nnote\n", encoding="utf-8")
    assert Password(file=path).read({}) == SECRET
    assert Password("A", path).read({"A": "other"}) == "other"
    path.write_bytes(b"\xef\xbb\xbf" + SECRET.encode() + b"\r\n")  # as Notepad saves it
    assert Password(file=path).read({}) == SECRET


@pytest.mark.parametrize("content", [b"", b"\n", b"S3CRET \xff"])
def test_no_password_is_not_an_empty_one(path, content):
    path.write_bytes(content)
    with pytest.raises(OutletError, match="est vide") as caught:
        Password(file=path).read({})
    assert "S3CRET" not in str(caught.value)
    assert caught.value.__cause__ is None
    with pytest.raises(OutletError, match="La variable A"):
        Password("A").read({"A": ""})
    with pytest.raises(OutletError, match="Indiquez"):
        Password().read({})


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights.")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666])
def test_what_others_may_read_or_write_is_refused_with_the_remedy(path, mode):
    path.write_text(SECRET)
    path.chmod(mode)
    with pytest.raises(OutletError, match=r"chmod 600 '.*mot de passe'") as caught:
        read_secret(path)
    assert "S3CRET" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(OutletError, match="introuvable"):
        read_secret(tmp_path / "absent")


def test_a_password_is_never_in_what_represents_it(path):
    path.write_text(SECRET)
    assert "S3CRET" not in repr(Password("A", path))
