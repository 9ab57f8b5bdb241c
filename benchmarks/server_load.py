"""How ``kg serve`` holds under load: many clients at once, each asking queries and pages without pause.

    python benchmarks/server_load.py graph.ttl --clients 32 --seconds 60

Prints requests, errors, requests a second, and the median, 99th percentile and longest time of an answer.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote, urlsplit

QUERIES = (
    "SELECT ?name { ?p a nk:Person ; rdfs:label ?name } ORDER BY ?name LIMIT 50",
    "SELECT ?who ?what { ?s nk:speaker/rdfs:label ?who ; nk:content ?what } LIMIT 50",
    "SELECT ?t (COUNT(?s) AS ?n) { ?s nk:about/rdfs:label ?t } GROUP BY ?t ORDER BY DESC(?n) LIMIT 20",
    "ASK { ?p nk:holdsRole/nk:roleTitle ?title }",
)
PATHS = [f"/sparql?query={quote(query)}" for query in QUERIES] + ["/search?q=the", "/query"]


def client(address: str, end: float, number: int, times: list[float], errors: list[str]) -> None:
    """Ask until the end; one connection, kept open."""
    place = urlsplit(address)
    chosen = random.Random(number)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    while time.monotonic() < end:
        begin = time.monotonic()
        try:
            connection.request("GET", chosen.choice(PATHS))
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                errors.append(str(response.status))
        except (OSError, http.client.HTTPException) as error:
            errors.append(repr(error))
            connection.close()
        times.append(time.monotonic() - begin)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("graph")
    parser.add_argument("--clients", type=int, default=32)
    parser.add_argument("--seconds", type=float, default=60)
    options = parser.parse_args()
    command = [str(Path(sys.executable).with_name("kg")), "serve", options.graph, "--port", "0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    line = server.stderr.readline()
    found = re.search(r"http://\S+/", line)
    if not found:
        sys.exit(line + server.stderr.read())
    times: list[float] = []
    errors: list[str] = []
    end = time.monotonic() + options.seconds
    threads = [
        threading.Thread(target=client, args=(found[0], end, number, times, errors))
        for number in range(options.clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    server.terminate()
    server.wait()
    times.sort()
    print(f"{len(times)} requests by {options.clients} clients in {options.seconds:g} s, {len(errors)} errors")
    print(f"{len(times) / options.seconds:.0f} a second; median {times[len(times) // 2] * 1000:.0f} ms,")
    print(f"99th percentile {times[int(len(times) * 0.99)] * 1000:.0f} ms, longest {times[-1] * 1000:.0f} ms")
    sys.exit(bool(errors))


if __name__ == "__main__":
    main()
