"""Starting and stopping the server."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from kg.errors import KgError, how_to_install
from kg.server.settings import Settings

if TYPE_CHECKING:
    import os
    import socket
    from collections.abc import Callable

    from starlette.applications import Starlette

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
"""The names of this machine for itself."""

GRACE = 5
"""Seconds that requests under way have when the server is told to stop."""


def application(path: str | os.PathLike[str], settings: Settings | None = None) -> Starlette:
    """The ASGI application that serves a graph file or store directory; its shutdown removes what it has made.

    A file, or a graph on another server, is copied into a temporary store first, so that workers start at once and
    changes of the file do not show.
    Raises GraphError for anything that is not a graph, KgError where the packages of the extra are missing.
    """
    try:
        from kg.server.app import Site, make_app
    except ImportError as error:
        raise KgError(f"the server needs {error.name}: {how_to_install('server')}") from None
    from kg.store import KnowledgeGraph
    from kg.store.directory import open_store

    scratch = TemporaryDirectory(prefix="kg-serve-")
    place = Path(path)
    graph = KnowledgeGraph.open(path)
    if not place.is_dir():
        copy = Path(scratch.name) / "store"
        graph.save(copy)
        graph.close()
        graph, place = KnowledgeGraph.open(copy), copy
    opened = open_store(place)  # keeps the folder from being removed while the server runs
    return make_app(Site(graph, opened, Path(path).name, scratch, settings or Settings()))


def serve(
    path: str | os.PathLike[str],
    host: str = "127.0.0.1",
    port: int = 7878,
    settings: Settings | None = None,
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve a graph until the process is told to stop (SIGINT, SIGTERM); then requests under way are finished.

    ``port`` 0 takes any free one. ``started`` is called with the address when the server listens. On a loopback host
    it answers only to the names of this machine. Raises KgError where the port is taken.
    """
    try:
        import uvicorn
    except ImportError:
        raise KgError(f"the server needs uvicorn: {how_to_install('server')}") from None
    settings = settings or Settings()
    host = host.strip("[]")
    shown = f"[{host}]" if ":" in host else host
    listening = _listen(host, port)
    if ip_address(listening.getsockname()[0]).is_loopback and not settings.hosts:
        settings = replace(settings, hosts=tuple(dict.fromkeys((*LOOPBACK, shown.lower()))))
    app = application(path, settings)
    config = uvicorn.Config(
        app,
        log_level="warning",
        http="h11",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=65536,
    )
    if started is not None:
        started(f"http://{shown}:{listening.getsockname()[1]}/")
    uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    import socket

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(128)
    except (OSError, OverflowError) as error:
        listening.close()
        raise KgError(f"{host}:{port}: cannot listen: {getattr(error, 'strerror', None) or error}") from None
    return listening
