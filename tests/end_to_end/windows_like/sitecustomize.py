"""Makes this Python resemble one on Windows, as far as the standard library can: found on PYTHONPATH, it runs first.

What `os`, `signal` and the modules of Unix have not there is taken away; folders cannot be opened; a file that this
process holds open can neither be replaced, renamed nor deleted, as one that Excel holds open (BUSY, in the environment,
names it); names that Windows refuses are refused. It cannot pretend that paths have backslashes.

Sources: docs.python.org, « Availability » of each function of os and signal in 3.11; « Naming Files, Paths, and
Namespaces » (learn.microsoft.com).
"""

import builtins
import ctypes
import errno
import io
import os
import re
import signal
import stat
import sys
import types
import warnings

import filelock._unix

_MISSING_IN_OS = """
    chown fchmod fchown fork forkpty fwalk getegid geteuid getgid getgroups getpgid getpwuid getresuid getsid getuid
    initgroups killpg lchown mkfifo mknod nice openpty pathconf posix_fallocate posix_spawn pread pwrite readv
    sched_getaffinity sched_yield sendfile setegid seteuid setgid setpgid setsid setuid statvfs fstatvfs sync sysconf
    wait wait3 wait4 waitid writev O_CLOEXEC O_DIRECTORY O_DSYNC O_NOCTTY O_NOFOLLOW O_NONBLOCK O_PATH O_SYNC
"""
_MISSING_SIGNALS = """
    SIGALRM SIGCHLD SIGCONT SIGHUP SIGKILL SIGPIPE SIGQUIT SIGSTOP SIGTSTP SIGUSR1 SIGUSR2
"""
_MISSING_MODULES = ("grp", "pwd", "resource", "termios", "tty", "syslog", "fcntl")
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
_SHARING_VIOLATION = 32
_HELD = os.environ.get("BUSY")

_open, _os_open, _mkdir, _chmod = builtins.open, os.open, os.mkdir, os.chmod


def _check_name(path):
    if isinstance(path, (str, os.PathLike)) and not os.fspath(path).startswith(("/dev/", "/proc/")):
        for name in os.fspath(path).split("/"):
            if name not in (".", "..") and (_RESERVED.fullmatch(name) or _FORBIDDEN.search(name)):
                raise OSError(errno.EINVAL, "The filename, directory name, or volume label syntax is incorrect", path)


def _open_here(path):
    """Whether this process, or Excel, has the file open."""
    path = os.path.realpath(path)
    handles = (f"/proc/self/fd/{handle}" for handle in os.listdir("/proc/self/fd"))
    return path == _HELD or any(os.path.islink(handle) and os.readlink(handle) == path for handle in handles)


def _check_free(*paths):
    for path in paths:
        if os.path.isfile(path) and _open_here(path):
            raise _sharing_violation(path)


def _sharing_violation(path):
    error = PermissionError(errno.EACCES, "The process cannot access the file", os.fspath(path))
    error.winerror = _SHARING_VIOLATION
    return error


def open_handle(path, flags, mode=0o777, *, dir_fd=None):
    if dir_fd is not None:
        raise NotImplementedError("dir_fd unavailable on this platform")
    _check_name(path)
    if os.path.isdir(path):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    return _os_open(path, flags, mode)


def open_file(file, *args, **options):
    if not isinstance(file, int):
        _check_name(file)
        if os.path.isdir(file):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), file)
    return _open(file, *args, **options)


def make_folder(path, *args, **options):
    _check_name(path)
    _mkdir(path, *args, **options)


def _guarded(real, *, new_name):
    def call(*paths, **options):
        _check_free(*paths)
        if new_name:
            _check_name(paths[-1])
        return real(*paths, **options)

    return call


def _renamed_only_to_a_free_name(real):
    def rename(source, target, **options):
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), source, None, target)
        return real(source, target, **options)

    return rename


def chmod(path, mode, **options):
    """Windows has one bit, read-only: the others are not kept."""
    return _chmod(path, 0o666 | 0o111 * os.path.isdir(path) if mode & stat.S_IWUSR else 0o444, **options)


class LibraryWithoutExchange(ctypes.CDLL):
    """The C library, but for the call that swaps two files."""

    def __getattr__(self, name):
        if name == "renameat2":
            raise AttributeError(name)
        return super().__getattr__(name)


ctypes.CDLL = LibraryWithoutExchange
# The lock of filelock is another one on Windows: its part for Unix keeps what it needs.
filelock._unix.os = types.ModuleType("os")
filelock._unix.os.__dict__.update(os.__dict__)
for name in _MISSING_IN_OS.split():
    if hasattr(os, name):
        delattr(os, name)
for name in _MISSING_SIGNALS.split():
    delattr(signal, name)
for name in _MISSING_MODULES:
    sys.modules[name] = None
os.open, os.chmod = open_handle, chmod
builtins.open = io.open = open_file
os.rename = _guarded(_renamed_only_to_a_free_name(os.rename), new_name=True)
os.replace = _guarded(os.replace, new_name=True)
os.remove = os.unlink = _guarded(os.unlink, new_name=False)
os.mkdir = make_folder
os.supports_dir_fd.clear()
# What is read or written without a word on its encoding is in cp1252 there.
warnings.filterwarnings("error", category=EncodingWarning, module=r"eig_sheets\b")
