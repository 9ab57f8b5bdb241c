"""The graph store: opening, saving and asking graphs."""

from kg.store.graph import KnowledgeGraph, check_output, open_graph
from kg.store.results import ResultTable, Row

__all__ = ["KnowledgeGraph", "ResultTable", "Row", "check_output", "open_graph"]
