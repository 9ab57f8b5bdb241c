"""The words of the graph: namespaces, their terms, and the ontology files that define them.

``NK.Person`` is the term as a pyoxigraph ``NamedNode``; ``NK["Person"]`` the same for a name known only at run time;
``NK.iri`` the namespace itself. A term that a namespace does not list raises ``AttributeError``, and a test holds the
list of ``NK`` against ontology.ttl, so a term cannot be misspelt. pyoxigraph is imported when the first term is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

DEFAULT_BASE: Final = "https://w3id.org/newskg/id/"
"""Where the IRIs of data start unless another base is chosen."""

KINDS: Final = (
    "article",
    "event",
    "fact",
    "organisation",
    "person",
    "place",
    "quantity",
    "role",
    "run",
    "source",
    "statement",
    "topic",
)
"""The kinds of data IRI: ``<base><kind>/<key>``; each is also a prefix."""


class Namespace:
    """A namespace with a closed list of terms, each an attribute.

    >>> NK.Person.value
    'https://w3id.org/newskg/ontology#Person'
    """

    def __init__(self, prefix: str, iri: str, terms: str) -> None:
        self.prefix: Final = prefix
        self.iri: Final = iri
        self.terms: Final = frozenset(terms.split())

    def __getattr__(self, name: str) -> NamedNode:
        if name.startswith("__") or name not in self.terms:
            raise AttributeError(f"{self.prefix}:{name} is not a term of this vocabulary")
        from pyoxigraph import NamedNode

        term = NamedNode(self.iri + name)
        setattr(self, name, term)  # found directly from now on
        return term

    def __getitem__(self, name: str) -> NamedNode:
        try:
            return getattr(self, name) if name in self.terms else self.__getattr__(name)
        except AttributeError as error:
            raise KeyError(str(error)) from None

    def __contains__(self, name: object) -> bool:
        return name in self.terms

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.terms))

    def __repr__(self) -> str:
        return f"Namespace({self.prefix!r}, {self.iri!r})"


NK: Final = Namespace(
    "nk",
    "https://w3id.org/newskg/ontology#",
    """Article Event Fact Organisation Person Place Quantity Role Statement TextSpan Topic
    about asRole attended comparator confidence content contentSpan cue cueSpan dateInferred datePrecision dateText
    endDate eventStatus eventType evidence factCount holdsRole hosted madeAt metadataOrigin modality nearDuplicateOf
    nestedIn organisation organised partOf participatedIn place polarity quantity quoteType reason roleStatus roleTitle
    sourceSpan speaker speakerText speechAct spokeAt startDate statementCount theme""",
)
RDF: Final = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type subject predicate object")
RDFS: Final = Namespace(
    "rdfs", "http://www.w3.org/2000/01/rdf-schema#", "label comment seeAlso subPropertyOf subClassOf"
)
OWL: Final = Namespace("owl", "http://www.w3.org/2002/07/owl#", "sameAs differentFrom")
SKOS: Final = Namespace("skos", "http://www.w3.org/2004/02/skos/core#", "altLabel closeMatch exactMatch prefLabel")
DCTERMS: Final = Namespace(
    "dcterms", "http://purl.org/dc/terms/", "created creator language publisher source spatial title"
)
DC: Final = Namespace("dc", "http://purl.org/dc/elements/1.1/", "publisher")
ORG: Final = Namespace("org", "http://www.w3.org/ns/org#", "memberOf subOrganizationOf")
SCHEMA: Final = Namespace(
    "schema",
    "https://schema.org/",
    """author birthPlace children containedInPlace datePublished founder headline homeLocation mentions parent sha256
    sibling spouse unitText value""",
)
NIF: Final = Namespace(
    "nif",
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "anchorOf beginIndex endIndex isString referenceContext",
)
PROV: Final = Namespace(
    "prov",
    "http://www.w3.org/ns/prov#",
    "Activity SoftwareAgent used wasAssociatedWith wasGeneratedBy wasQuotedFrom wasRevisionOf",
)
XSD: Final = Namespace(
    "xsd", "http://www.w3.org/2001/XMLSchema#", "boolean date dateTime decimal integer nonNegativeInteger string"
)

NAMESPACES: Final = (DC, DCTERMS, NIF, NK, ORG, OWL, PROV, RDF, RDFS, SCHEMA, SKOS, XSD)

PARTICIPATIONS: Final = ("attended", "spokeAt", "organised", "hosted", "participatedIn")
"""The properties of NK that lead from an agent to an event it took part in, the most telling first."""


def prefixes(base: str = DEFAULT_BASE) -> dict[str, str]:
    """Every prefix that queries and written files know, sorted: the vocabularies, and one for each kind of data IRI."""
    known = {namespace.prefix: namespace.iri for namespace in NAMESPACES}
    known["foaf"] = "http://xmlns.com/foaf/0.1/"
    known.update((kind, f"{base}{kind}/") for kind in KINDS)
    return dict(sorted(known.items()))


PREFIXES: Final = prefixes()


def ontology_file(name: str) -> Path:
    """The path of a file of the ontology, in an installed package or in a source checkout.

    >>> ontology_file("shapes.ttl").name
    'shapes.ttl'

    Raises KgError where the installation lacks it.
    """
    package = Path(__file__).parent
    for folder in (package / "ontology", package.parent / "ontology"):
        path = folder / name
        if path.is_file():
            return path
    raise KgError(f"the installation is incomplete: its ontology file {name} is missing")
