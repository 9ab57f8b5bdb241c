"""The knowledge graph: triples that can be added, saved, asked, and shown with the sentences they were read from."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple

from kg.ask import Questions
from kg.errors import GraphError, QueryError
from kg.store.directory import OpenStore, StoreUnderWay, check_place, open_store, save_store
from kg.store.evaluation import evaluate, unpack
from kg.store.formats import ENDINGS, OF_LINES, WITH_GRAPH_NAMES, rdf_ending, read_file
from kg.store.guard import refuse_what_is_not_reading
from kg.store.http import is_url, refuse_server
from kg.store.lines import Held, document
from kg.store.ordering import ordering
from kg.store.results import ResultTable
from kg.store.soundness import damage, fault, is_refusal
from kg.store.terms import LOCAL_NAME, Subject, Term, base_of_article
from kg.store.timelimit import CAN_FORK, Snapshot, Worker, run_in_fork
from kg.store.writing import check_writable, write_file
from kg.vocabulary import DEFAULT_BASE, NK, RDF, RDFS, prefixes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import networkx
    import rdflib

    from kg.store.evidence import Explanation
    from kg.store.statistics import Statistics
    from kg.validation import ValidationReport

QUERY_SECONDS: Final = 30.0
"""How long a query may take unless told otherwise."""

DEFAULT_GRAPH: Final = DefaultGraph()


class KnowledgeGraph(Questions):
    """A graph in memory or in a store on disk.

    >>> import kg
    >>> graph = kg.KnowledgeGraph.create()
    >>> graph.add([Triple(NamedNode("https://example.org/a"), RDFS.label, Literal("A"))])
    >>> [row["name"] for row in graph.query("SELECT ?name { ?thing rdfs:label ?name }")]
    ['A']

    ``store`` is the pyoxigraph store with every triple once in its default graph; ``base`` the IRI that the data IRIs
    start with. A graph opened from a store directory cannot be changed. Use ``with`` (or ``close``) to make a store.
    ``union`` is true for a store of another program that has its triples in named graphs only.
    """

    def __init__(self, store: Store, base: str = DEFAULT_BASE, path: Path | None = None, union: bool = False) -> None:
        self._store = store
        self._held = Held()
        self.base = base
        self.path: Final = path
        self.union: Final = union
        self._making: StoreUnderWay | None = None
        self._opened: OpenStore | None = None
        self._worker: Worker | None = None
        self._labels: dict[str, str] = {}

    @property
    def store(self) -> Store:
        """The engine's store, with everything that was added."""
        if self._held:
            held, self._held = self._held, Held()
            self._take(held)
        return self._store

    @store.setter
    def store(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, path: str | os.PathLike[str], timeout: float | None = None) -> KnowledgeGraph:
        """Open a graph: a file (.ttl .trig .nt .nq .jsonld .rdf, also with .gz), a store directory, or a SPARQL server.

        A server is named by the address of its query endpoint (http: or https:); see :mod:`kg.store.http` for
        passwords. It may take ``timeout`` seconds for an answer (None: ten minutes). Raises GraphError, in one line,
        for anything that is not a whole, well-formed graph.
        """
        if is_url(path):
            from kg.store.endpoint import SECONDS, Endpoint

            endpoint = Endpoint(str(path), SECONDS if timeout is None else timeout)
            return cls(cast(Store, endpoint), endpoint.base() or DEFAULT_BASE)
        path = Path(path)
        if path.is_dir():
            opened = open_store(path)
            store = opened.store
            with _reading(path):
                in_default = next(store.quads_for_pattern(None, None, None, DEFAULT_GRAPH), None)
                union = in_default is None and next(iter(store.named_graphs()), None) is not None
                graph = cls(store, opened.label.get("base") or _base_of(store), path, union)
            graph._opened = opened
            return graph
        store = Store()
        read_file(path, store)
        if next(iter(store.named_graphs()), None) is not None:
            store.extend([Quad(*quad.triple) for quad in store])
        return cls(store, _base_of(store), path)

    @classmethod
    def create(cls, path: str | os.PathLike[str] | None = None, base: str = DEFAULT_BASE) -> KnowledgeGraph:
        """Make an empty graph, in memory, or in a store directory that appears at ``path`` when the graph is closed.

        Raises GraphError where no store can be put at ``path``.
        """
        if path is None:
            return cls(Store(), base)
        making = StoreUnderWay(Path(path))
        graph = cls(making.store, base, Path(path))
        graph._making = making
        return graph

    def here(self) -> KnowledgeGraph:
        """A graph that is read over and over: itself, or of one on a server a copy in memory."""
        if isinstance(self.store, Store):
            return self
        copy = KnowledgeGraph.create(base=self.base)
        copy.add(self.triples())
        return copy

    def close(self) -> None:
        """End the work on the graph: a store being made is put in its place and can be read from now on."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None
        if self._making is not None:
            making, self._making = self._making, None
            self.store = Store()
            self._opened = open_store(making.publish(self.base))
            self.store = self._opened.store

    def __enter__(self) -> KnowledgeGraph:
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is not None and self._making is not None:
            making, self._making = self._making, None
            self.store = Store()
            making.discard()
        self.close()

    def __len__(self) -> int:
        """The number of triples."""
        with _reading(self.path):
            return sum(1 for _ in self.triples()) if self.graph_names else len(self.store)

    def __iter__(self) -> Iterator[Triple]:
        return self.triples()

    def __contains__(self, triple: Triple) -> bool:
        return next(self.triples(*triple), None) is not None

    def __repr__(self) -> str:
        return f"<KnowledgeGraph {self.path or 'in memory'}>"

    def add(self, statements: Iterable[Triple | Quad]) -> None:
        """Add triples or quads, all or none of them. What goes to a named graph goes to the default graph too."""
        quads = []
        for statement in statements:
            if not isinstance(statement, Quad):
                quads.append(Quad(*statement))
                continue
            quads.append(statement)
            if statement.graph_name != DEFAULT_GRAPH:
                quads.append(Quad(statement.subject, statement.predicate, statement.object))
        try:
            self.store.extend(quads)
        except (OSError, RuntimeError) as error:
            raise fault(self.path, error, "changed") from None
        self._labels.clear()
        self._worker = None  # what it knows is no longer the whole graph

    def hold(self, lines: Iterable[str]) -> None:
        """Add triples as :mod:`kg.mapping` makes them, lines of N-Triples without the full stop, when they are needed.

        The engine takes them when it is asked something; writing an otherwise empty graph to a file of lines or Turtle
        goes without it, which takes half the time.
        """
        self._held.extend(lines)

    def _take(self, held: Held) -> None:
        try:
            self._store.load(document(held), format=RdfFormat.N_TRIPLES, lenient=True)
        except (OSError, RuntimeError) as error:
            raise fault(self.path, error, "changed") from None
        self._labels.clear()
        self._worker = None  # as in add

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the graph to a file, in the RDF format that its ending names, or to a store directory (no ending).

        For a graph that was created at ``path`` this is the same as ``close``.

        Equal graphs give equal bytes in files. Nothing is left behind at ``path`` when the writing fails (GraphError).
        """
        if self._making is not None and Path(path) == self._making.path:
            self.close()
            return
        path = check_output(path)
        if self._held and rdf_ending(path) in OF_LINES and not len(self._store):
            write_file(path, self._held, self.base)
        elif rdf_ending(path):
            with_names = rdf_ending(path) in WITH_GRAPH_NAMES
            with _reading(self.path):
                write_file(path, self.quads(with_names) if self.graph_names else self.store, self.base)
        else:
            save_store(path, self._matching(None, None, None, None), self.base)

    def quads(self, with_names: bool = True) -> Iterator[Quad]:
        """Every statement once: those of named graphs with the names, or all without."""
        if not self.graph_names:
            yield from self._matching(None, None, None, DEFAULT_GRAPH)
        elif not with_names:
            yield from (Quad(*triple) for triple in self.triples())
        else:
            for quad in self._matching(None, None, None, None):
                named = not isinstance(quad.graph_name, DefaultGraph)
                same = self._matching(quad.subject, quad.predicate, quad.object, None)
                if named or all(isinstance(other.graph_name, DefaultGraph) for other in same):
                    yield quad

    def triples(
        self, subject: Subject | None = None, predicate: NamedNode | None = None, value: Term | None = None
    ) -> Iterator[Triple]:
        """The triples that fit; None fits everything. Their order is that of the store, not a stable one."""
        if self.union:
            yield from {quad.triple: None for quad in self._matching(subject, predicate, value, None)}
            return
        for quad in self._matching(subject, predicate, value, DEFAULT_GRAPH):
            yield quad.triple

    def _matching(
        self, subject: Subject | None, predicate: NamedNode | None, value: Term | None, graph: DefaultGraph | None
    ) -> Iterator[Quad]:
        """The quads that fit. Raises GraphError when the store proves to be damaged on the way."""
        try:
            yield from self.store.quads_for_pattern(subject, predicate, value, graph)
        except (OSError, RuntimeError) as error:
            raise fault(self.path, error, "read") from None

    @property
    def graph_names(self) -> list[str]:
        """The IRIs of the named graphs, where there are any."""
        with _reading(self.path):
            return [name.value for name in self.store.named_graphs()]

    def check_tables(self) -> None:
        """Read all of a store on disk. Raises GraphError where it is not as it was written."""
        found = damage(self._opened.folder) if self._opened else None
        if found:
            what = "cannot be read" if is_refusal(found) else "the store is damaged"
            raise GraphError(f"{self.path}: {what}: {found}")

    def values(self, subject: Subject, predicate: NamedNode) -> list[Term]:
        """The objects of a property, sorted."""
        return sorted((triple.object for triple in self.triples(subject, predicate)), key=str)

    def value(self, subject: Subject, predicate: NamedNode) -> Term | None:
        """The object of a property (the first in order where there are several), or None."""
        return min((triple.object for triple in self.triples(subject, predicate)), key=str, default=None)

    def label(self, term: Term) -> str:
        """The name of a thing for people: its rdfs:label, else its prefixed name or IRI; the text of a literal."""
        if isinstance(term, Literal):
            return term.value
        if not isinstance(term, NamedNode):
            return str(term)
        known = self._labels.get(term.value)
        if known is None:
            label = self.value(term, RDFS.label)
            known = self._labels[term.value] = label.value if isinstance(label, Literal) else self.shortened(term.value)
        return known

    def shortened(self, iri: str) -> str:
        """An IRI with the prefix that queries know for it; the IRI itself where there is none."""
        for prefix, namespace in self.prefixes.items():
            if iri.startswith(namespace) and LOCAL_NAME.fullmatch(iri, len(namespace)):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes that queries may use without declaring them."""
        return prefixes(self.base)

    def query(self, sparql: str, timeout: float | None = QUERY_SECONDS) -> ResultTable | bool | list[Triple]:
        """Ask the graph in SPARQL 1.1; the prefixes of the ontology and the data need no declaration.

        Gives a ResultTable for SELECT, a bool for ASK, a list of triples for CONSTRUCT and DESCRIBE. Raises QueryError
        for a query that is malformed (with line and column), that would change the graph or reach outside of it
        (updates, SERVICE, FROM), or that takes more than ``timeout`` seconds (None: no limit), to put its rows in order
        not counted. Raises GraphError where the store proves to be damaged.
        """
        refuse_what_is_not_reading(sparql, self.graph_names)
        ordered = ordering(sparql) if isinstance(self.store, Store) else None
        if ordered:
            answer = self.evaluated(ordered.query, timeout)
            in_order = ordered.applied(answer) if isinstance(answer, ResultTable) else None
            if in_order is not None:
                return in_order
        return self.evaluated(sparql, timeout)

    def evaluated(self, sparql: str, timeout: float | None = None) -> ResultTable | bool | list[Triple]:
        """The answer to a query of this program, as ``query`` gives it; its rows are in the order of the engine."""
        if timeout is not None and timeout <= 0:
            raise QueryError(f"a time limit of {timeout:g} s leaves no time for the query")
        return unpack(self._packed(sparql, timeout))

    def _packed(self, sparql: str, timeout: float | None) -> bytes:
        if not isinstance(self.store, Store):
            return self.store.evaluate(sparql, self.prefixes, timeout)
        if self._opened is None and timeout is None:
            return evaluate(self.store, sparql, self.prefixes, self.union)
        if self._opened is None and timeout is not None and CAN_FORK:
            return run_in_fork(self.store, sparql, self.prefixes, self.union, timeout)
        if self._worker is None:
            opened = self._opened
            self._worker = Worker(opened.folder, self.union, self.path) if opened else Snapshot(self.store, self.union)
        return self._worker.run(sparql, self.prefixes, timeout)

    def to_rdflib(self) -> rdflib.Graph:
        """The triples as an rdflib graph, with the prefixes bound."""
        from kg.store.exchange import to_rdflib

        return to_rdflib(self)

    def to_networkx(self, view: str = "entities") -> networkx.Graph:
        """People, organisations, places, events and topics as nodes, what the articles say of them as edges.

        ``view`` chooses another network: see ``kg.network.VIEWS``.
        """
        from kg.network import to_networkx

        return to_networkx(self, view)

    def why(self, term: str | NamedNode) -> list[Explanation]:
        """Every fact about a thing, given by IRI, prefixed name or label, with the sentences it was read from."""
        from kg.store.evidence import why

        return why(self, term)

    def statistics(self) -> Statistics:
        """How many articles, entities, facts and statements of each kind there are."""
        from kg.store.statistics import statistics

        return statistics(self)

    def validate(self) -> ValidationReport:
        """Check the graph against the shapes of the ontology."""
        from kg.validation import validate

        return validate(self)


def check_output(path: str | os.PathLike[str], also: Iterable[str] = ()) -> Path:
    """Raise GraphError now if no graph could be saved at ``path`` later; gives the path otherwise.

    ``also`` lists further endings that the message is to name.
    """
    refuse_server(path, "write to a file or folder, and send that with kg publish")
    path = Path(path)
    if rdf_ending(path):
        check_writable(path)
    elif path.is_dir() or not path.suffix:
        check_place(path)
    else:
        known = ", ".join([*ENDINGS, *also])
        raise GraphError(f"{path}: the ending {path.suffix} names no format; known are {known}, or none for a store")
    return path


@contextmanager
def _reading(path: Path | None) -> Iterator[None]:
    """Turns what the engine raises where a store is damaged or cannot be read into a GraphError."""
    try:
        yield
    except (OSError, RuntimeError) as error:
        raise fault(path, error, "read") from None


def _base_of(store: Store) -> str:
    """What the IRIs of the articles start with; the usual base in a graph without articles."""
    found = next(store.quads_for_pattern(None, RDF.type, NK.Article), None)
    iri = found.subject.value if found and isinstance(found.subject, NamedNode) else ""
    return base_of_article(iri) or DEFAULT_BASE


open_graph = KnowledgeGraph.open
"""``kg.open``: the same as ``KnowledgeGraph.open``."""
