"""Names to nodes: the policy of IRIs, and which things told of by several articles are one."""

from kg.identity.iris import DEFAULT_BASE, IriPolicy
from kg.identity.resolution import Identities, Node, identify

__all__ = ["DEFAULT_BASE", "Identities", "IriPolicy", "Node", "identify"]
