"""These tests need gspread and google-api-python-client, which the project does not install yet."""

from importlib.util import find_spec

if find_spec("gspread") and find_spec("googleapiclient"):
    from tests.test_sheets_server.fixtures import *  # noqa: F403
else:
    collect_ignore_glob = ["test_*.py"]
