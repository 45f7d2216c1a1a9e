"""A DNS server on a free port of this machine, which answers with TXT records of ours."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
from dns.resolver import Resolver


@contextmanager
def serving(records: Mapping[str, Sequence[str]], *, broken: bool = False) -> Iterator[Resolver]:
    """A resolver that asks it. `broken`: it answers that it failed."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
        here.bind(("127.0.0.1", 0))
        here.settimeout(0.1)
        stop = threading.Event()
        thread = threading.Thread(target=_serve, args=(here, records, stop, broken))
        thread.start()
        resolver = Resolver(configure=False)
        resolver.nameservers, resolver.port = ["127.0.0.1"], here.getsockname()[1]
        try:
            yield resolver
        finally:
            stop.set()
            thread.join()


def _serve(here: socket.socket, records: Mapping[str, Sequence[str]], stop: threading.Event, broken: bool) -> None:
    while not stop.is_set():
        try:
            data, sender = here.recvfrom(4096)
        except TimeoutError:
            continue
        query = dns.message.from_wire(data)
        name = query.question[0].name
        answer = dns.message.make_response(query)
        answer.flags |= dns.flags.RA
        texts = records.get(name.to_text(omit_final_dot=True), ())
        if broken:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif texts:
            quoted = [" ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200)) for text in texts]
            answer.answer.append(dns.rrset.from_text_list(name, 60, "IN", "TXT", quoted))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        here.sendto(answer.to_wire(), sender)
