"""Faults of the stand-in, each for one request: what it does instead of answering."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any, NamedTuple

PAGE = b"<!DOCTYPE html><html><body><h1>Maintenance</h1></body></html>"


class Reply(NamedTuple):
    """What is sent; `status` 0 is nothing at all: the connection is cut."""

    status: int
    headers: dict[str, str]
    body: bytes


Fault = Callable[[Callable[[], dict[str, Any]]], Reply]
"""Takes what would answer: calling it does what the request asks."""

CUT = Reply(0, {}, b"")


def throttled(seconds: int = 0, *, moment: bool = True) -> Fault:
    """Too many requests: to be asked again at a moment, since 1970, or in so many seconds."""
    reset = int(time.time()) + seconds if moment else seconds
    return lambda _: Reply(429, {"RateLimit-Reset": str(reset)}, b"Calme")


def status(code: int, body: bytes = b"", **headers: str) -> Fault:
    """Nothing but an HTTP status, with a body."""
    return lambda _: Reply(code, headers, body)


def page(code: int = 200) -> Fault:
    """A web page in the place of the API: a proxy, a maintenance."""
    return status(code, PAGE)


def cut_before(_: Callable[[], dict[str, Any]]) -> Reply:
    """The connection is cut, and nothing was done."""
    return CUT


def cut_after(answer: Callable[[], dict[str, Any]]) -> Reply:
    """What was asked is done, and the connection is cut."""
    answer()
    return CUT


def root_errors(message: str, code: str = "", *, done: bool = False, data: bool = False) -> Fault:
    """Root errors, fatal; `done`: although it was done, `data`: although there is data beside."""

    def reply(answer: Callable[[], dict[str, Any]]) -> Reply:
        made = answer() if done or data else {"data": None}
        error = {"message": message, **({"extensions": {"code": code}} if code else {})}
        return Reply(200, {}, json.dumps({"errors": [error], "data": made["data"] if data else None}).encode())

    return reply
