"""`python -m tests.sheets_server`: run the server until it is stopped; the first line says where it is."""

from __future__ import annotations

import argparse
import gc
import json
import signal
import threading
from pathlib import Path

from tests.sheets_server.server import running


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.sheets_server", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--load", type=Path, metavar="FILE.xlsx", help="what the spreadsheet holds at first")
    parser.add_argument("--locale", default="en_US", choices=["en_US", "fr_FR"])
    parser.add_argument("--latency-ms", type=float, default=0, metavar="N", help="added to every call to an API")
    parser.add_argument("--unchecked", action="store_true", help="answers are not validated: for measures")
    options = parser.parse_args()
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    latency = options.latency_ms / 1000
    with running(options.port, options.load, options.locale, latency, not options.unchecked) as server:
        where = {"url": server.url, "spreadsheet_id": server.spreadsheet_id, "service_account": server.service_account}
        gc.freeze()  # what was loaded stays: looking through it at each collection would slow every call down
        print(json.dumps(where), flush=True)
        stop.wait()


if __name__ == "__main__":
    main()
