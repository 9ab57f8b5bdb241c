"""Servers as the command starts them, in processes of their own."""

from __future__ import annotations

import pytest
from running import HOSTILE, Server


@pytest.fixture(scope="module")
def server(root):
    running = Server(root / "tests/gold/seed/graph.ttl", "--workers", "2")
    yield running
    running.stop()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "hostile.ttl"
    path.write_text(HOSTILE, encoding="utf-8")
    running = Server(
        path, "--workers", "1", "--timeout", "1", "--max-answer", "0.05", "--cors", "https://friend.example"
    )
    yield running
    running.stop()
