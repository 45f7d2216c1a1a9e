"""Only regular files are read, up to a size: nothing waits for a pipe, no device fills the memory."""

import errno
import os
from pathlib import Path

import pytest

from eig_sheets.storage import regular_files
from eig_sheets.text.french import why


def pipe(path):
    os.mkfifo(path)


def device(path):
    path.symlink_to("/dev/zero")


def link_to_itself(path):
    path.symlink_to(path.name)


IRREGULAR = [
    (pipe, errno.ESPIPE),
    (device, errno.ESPIPE),
    (link_to_itself, errno.ELOOP),
    (Path.mkdir, errno.EISDIR),
    (lambda _: None, errno.ENOENT),
]


@pytest.mark.parametrize("read", [regular_files.read_bytes, regular_files.read_text, regular_files.check])
@pytest.mark.parametrize(("make", "number"), IRREGULAR)
def test_what_is_no_regular_file_is_refused(tmp_path, read, make, number):
    path = tmp_path / "a"
    make(path)
    with pytest.raises(OSError, match=os.strerror(number)) as raised:
        read(path)
    assert (raised.value.errno, raised.value.filename) == (number, str(path))
    assert "système" not in why(raised.value)


def test_a_name_with_a_nul_is_refused(tmp_path):
    with pytest.raises(OSError, match=os.strerror(errno.EINVAL)):
        regular_files.read_bytes(tmp_path / "a\0b")


def test_a_file_is_read_up_to_a_size(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 1000)
    assert regular_files.read_bytes(path, limit=1000) == b"x" * 1000
    with pytest.raises(OSError, match=os.strerror(errno.EFBIG)):
        regular_files.read_bytes(path, limit=999)


def test_a_file_that_says_that_it_is_empty_is_read():
    assert regular_files.read_bytes(Path("/proc/self/mountinfo"))


def test_lines_end_alike_whatever_ends_them(tmp_path):
    path = tmp_path / "a"
    path.write_bytes("é\r\nb\rc\n".encode())
    assert regular_files.read_text(path) == "é\nb\nc\n"
