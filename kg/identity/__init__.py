"""Names to nodes: the policy of IRIs, and which things told of by several articles are one."""

from typing import Final

from kg.identity.authority import Authority, read_authority
from kg.identity.decisions import Decisions, read_decisions
from kg.identity.iris import DEFAULT_BASE, IriPolicy
from kg.identity.nodes import Identities, Link, Node
from kg.identity.resolution import identify

VERSION: Final = 13
"""Of the rules. Raise it when articles are decided about otherwise; archives then decide about all of theirs anew."""

__all__ = [
    "DEFAULT_BASE",
    "VERSION",
    "Authority",
    "Decisions",
    "Identities",
    "IriPolicy",
    "Link",
    "Node",
    "identify",
    "read_authority",
    "read_decisions",
]
