"""Reads a module's source: which modules it imports, and what of the world outside it touches."""

import ast
import functools
import re
from dataclasses import dataclass, field

CLOCK, FILES, NETWORK, SURROUNDINGS, CHANCE = "clock", "files", "network", "surroundings", "chance"

_EFFECT_OF_MODULE = {
    CLOCK: "time sched",
    FILES: "fcntl fileinput glob gzip importlib os pathlib pkgutil shelve shutil sqlite3 tarfile tempfile zipfile",
    NETWORK: "asyncio ftplib http imaplib poplib select smtplib socket socketserver ssl urllib webbrowser xmlrpc",
    SURROUNDINGS: "argparse ctypes gc getpass locale multiprocessing platform signal subprocess sys threading",
    CHANCE: "secrets",
}
_NEUTRAL = (
    "__future__ abc base64 binascii bisect calendar codecs collections contextlib copy csv dataclasses datetime "
    "decimal difflib email enum errno fractions functools graphlib hashlib heapq hmac html inspect io itertools json "
    "keyword logging math numbers operator posixpath quopri random re shlex stat statistics string struct textwrap "
    "tomllib traceback types typing unicodedata urllib.parse uuid warnings weakref xml zlib zoneinfo"
)
_EFFECTS = {module: effect for effect, modules in _EFFECT_OF_MODULE.items() for module in modules.split()}
_EFFECTS |= dict.fromkeys(_NEUTRAL.split(), None)

_ANY_METHOD = {
    **dict.fromkeys(("now", "utcnow", "today", "localtime"), CLOCK),
    **dict.fromkeys(("read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir"), FILES),
    **dict.fromkeys(("to_excel", "to_parquet", "to_pickle", "to_sql"), FILES),
}
_NAMES = {"open": FILES, "input": SURROUNDINGS, "print": SURROUNDINGS, "hash": CHANCE, "breakpoint": SURROUNDINGS}
_EXACT = {
    **dict.fromkeys(("os.environ", "os.getenv", "os.environb"), SURROUNDINGS),
    **dict.fromkeys(("uuid.uuid1", "uuid.uuid4", "os.urandom"), CHANCE),
    **dict.fromkeys(("email.utils.make_msgid", "email.utils.formatdate"), CLOCK),
    "io.open": FILES,
}
_SEEDED = ("random.Random", "numpy.random.default_rng", "numpy.random.SeedSequence", "numpy.random.PCG64")
_SEEDED_TYPES = ("numpy.random.Generator", "numpy.random.BitGenerator", "numpy.random.RandomState")


@dataclass
class Reading:
    """What a module imports (dotted names, with their lines) and touches (effect, what shows it, line)."""

    imports: list[tuple[str, int]] = field(default_factory=list)
    touches: list[tuple[str, str, int]] = field(default_factory=list)


@functools.cache
def read(source, module, *, is_package=False):
    """Reads the source of `module`. A name imported from a package comes as package.name: it may be a module."""
    nodes = nodes_of(source)
    reading, names = Reading(), {}
    for name, bound, meaning, line in _imports(nodes, module, is_package):
        reading.imports.append((name, line))
        names[bound] = meaning
        reading.touches += _touched_by_import(name, line)
    calls = {id(node.func): node for node in nodes if isinstance(node, ast.Call)}
    inner = {id(node.value) for node in nodes if isinstance(node, ast.Attribute)}
    for node in nodes:
        if isinstance(node, ast.Name | ast.Attribute) and id(node) not in inner:
            effect = _touched_by_use(_dotted(node, names), node, calls.get(id(node)))
            reading.touches += [(effect, ast.unparse(node), node.lineno)] if effect else []
    return reading


def nodes_of(source):
    """Every node of a source, gone through once: that takes as long as to parse it."""
    return [*ast.walk(ast.parse(source))]


def _imports(nodes, module, is_package):
    """For each import: the dotted name, the name that it binds here, what that means, its line."""
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name.partition(".")[0]
                yield alias.name, alias.asname or top, alias.name if alias.asname else top, node.lineno
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                name = f"{_absolute(node, module, is_package)}.{alias.name}"
                yield name, alias.asname or alias.name, name, node.lineno


def _absolute(node, module, is_package):
    if not node.level:
        return node.module
    parts = module.split(".")
    parts = parts[: len(parts) - node.level + is_package]
    return ".".join([*parts, *([node.module] if node.module else [])])


def standard(name):
    """Whether a dotted name is of the standard library as this file knows it."""
    return any(part in _EFFECTS for part in _prefixes(name))


def _prefixes(name):
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(len(parts), 0, -1)]


def _touched_by_import(name, line):
    effect = next((_EFFECTS[part] for part in _prefixes(name) if part in _EFFECTS), None)
    return [(effect, name, line)] if effect else []


def _dotted(node, names):
    """`np.random.rand` as numpy.random.rand; a value that is not an imported name comes as « ? »."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value, names)
        return f"{base if isinstance(node.value, ast.Name | ast.Attribute) else '?'}.{node.attr}"
    return "?"


def _touched_by_use(dotted, node, call):
    last = dotted.rpartition(".")[2]
    if isinstance(node, ast.Name) and dotted in _NAMES:
        return _NAMES[dotted]
    if isinstance(node, ast.Attribute) and last in _ANY_METHOD and (call or standard(dotted)):
        return _ANY_METHOD[last]
    if any(part in _EXACT for part in _prefixes(dotted)):
        return next(_EXACT[part] for part in _prefixes(dotted) if part in _EXACT)
    if dotted.startswith("pandas.read_"):
        return FILES
    if dotted.startswith(("random.", "numpy.random.")) and not _seeded(dotted, call):
        return CHANCE
    return None


def _seeded(dotted, call):
    if dotted in _SEEDED:
        return call is None or bool(call.args or call.keywords)
    return dotted in _SEEDED_TYPES and call is None


def _names_and_calls(source, words):
    """Names and calls of a source; none where it has none of the words, which is as quick to see as it is to read."""
    if not any(word in source for word in words):
        return {}, []
    nodes = nodes_of(source)
    names = {bound: meaning for _, bound, meaning, _ in _imports(nodes, "", is_package=False)}
    return names, [node for node in nodes if isinstance(node, ast.Call)]


_READ_BY = "read_text read_bytes read_csv read_excel from_path load_workbook"
_READING_MODE = re.compile(r"[rbt]*")
_OPENING = ("open", "connect", "ZipFile", "FileLock")


def reads(source):
    """The lines that open a file for reading by themselves; a resource of the package is no file that people made."""
    names, calls = _names_and_calls(source, (*_OPENING, *_READ_BY.split()))
    checks = any(_dotted(call.func, names) == "eig_sheets.storage.regular_files.check" for call in calls)
    return sorted(call.lineno for call in calls if _reads(call, _dotted(call.func, names), checks))


def _reads(call, dotted, checks):
    last = dotted.rpartition(".")[2]
    if dotted == "sqlite3.connect":
        return not checks and not _in_memory(call)
    if dotted == "zipfile.ZipFile":
        return len(call.args) < 2 and "BytesIO" not in ast.unparse(call)
    if last == "open" and dotted != "webbrowser.open":
        place = 1 if dotted in ("open", "io.open") else 0
        modes = [*call.args[place : place + 1], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
        given = modes[0].value if modes and isinstance(modes[0], ast.Constant) else "" if not modes else None
        return dotted == "os.open" or (given is not None and bool(_READING_MODE.fullmatch(str(given))))
    ours = dotted.startswith("eig_sheets.storage.regular_files.") or "resources.files(" in ast.unparse(call.func)
    return last in _READ_BY.split() and not ours


def _in_memory(call):
    """Whether a call opens a database that is no file."""
    return ast.unparse(call.args[0]) == "':memory:'"


def prints(source):
    """The lines that print by themselves."""
    names, calls = _names_and_calls(source, ("print", "echo", "stdout", "stderr"))
    return sorted(call.lineno for call in calls if _dotted(call.func, names) in _PRINTED_BY.split())


_PRINTED_BY = "print click.echo click.secho click.echo_via_pager sys.stdout.write sys.stderr.write"

_MADE_BY = (
    "write_text write_bytes mkdir makedirs mknod mkfifo touch hardlink_to copytree copyfile copy2 NamedTemporaryFile "
    "extractall to_excel to_pickle"
)
_WRITING_MODE = re.compile(r"[rbt]*[wax+][rbtwax+]*")


def writes(source):
    """The lines that make a file or a folder with the mode of the day; mkstemp's and mkdtemp's are private."""
    names, calls = _names_and_calls(source, (*_OPENING, *_MADE_BY.split()))
    makes_file = any(_dotted(call.func, names) == "eig_sheets.storage.permissions.make_file" for call in calls)
    return sorted(call.lineno for call in calls if _writes(call, _dotted(call.func, names), makes_file))


def _writes(call, dotted, makes_file):
    last = dotted.rpartition(".")[2]
    if dotted == "sqlite3.connect":
        return not makes_file and not _in_memory(call)  # what SQLite adds has the mode of the database
    if last in ("FileLock", "SoftFileLock", "UnixFileLock"):
        return all(keyword.arg != "mode" for keyword in call.keywords)
    if last == "open" and dotted != "webbrowser.open":
        place = 1 if dotted in ("open", "io.open") else 0
        given = [*call.args[place : place + 1], *(keyword.value for keyword in call.keywords if keyword.arg == "mode")]
        modes = [one.value for one in given if isinstance(one, ast.Constant)]
        return dotted == "os.open" or any(_WRITING_MODE.fullmatch(str(mode)) for mode in modes)
    return last in _MADE_BY.split()
