"""Terms and triples as N-Triples writes them: the form in which the mapping hands them on.

A graph has hundreds of triples for each article. As text they go to a store in bulk and into the lines of a file as
they are, at a fraction of the time that an object for each of them takes.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from pyoxigraph import Literal, NamedNode

from kg import vocabulary
from kg.vocabulary import Namespace

Term = str
"""An IRI or a literal, as N-Triples writes it: ``<https://example.org/a>``, ``"A"``."""

Line = str
"""A triple: its three terms with a space between, without the full stop at the end."""

_ESCAPED: Final = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""What a literal cannot hold as it is, beside quotation marks and backslashes; nothing of it can be printed."""


class Written:
    """The terms of a namespace, each an attribute.

    >>> Written(vocabulary.NK).Person
    '<https://w3id.org/newskg/ontology#Person>'
    """

    def __init__(self, namespace: Namespace) -> None:
        self._namespace = namespace

    def __getattr__(self, name: str) -> Term:
        term = str(getattr(self._namespace, name))
        setattr(self, name, term)  # found directly from now on
        return term

    def __getitem__(self, name: str) -> Term:
        return str(self._namespace[name])


DC: Final = Written(vocabulary.DC)
DCTERMS: Final = Written(vocabulary.DCTERMS)
NIF: Final = Written(vocabulary.NIF)
NK: Final = Written(vocabulary.NK)
ORG: Final = Written(vocabulary.ORG)
OWL: Final = Written(vocabulary.OWL)
PROV: Final = Written(vocabulary.PROV)
RDF: Final = Written(vocabulary.RDF)
RDFS: Final = Written(vocabulary.RDFS)
SCHEMA: Final = Written(vocabulary.SCHEMA)
SKOS: Final = Written(vocabulary.SKOS)
XSD: Final = Written(vocabulary.XSD)


@lru_cache(maxsize=1 << 16)
def iri(value: str) -> Term:
    """An IRI. Raises ValueError where it is not an absolute one."""
    return str(NamedNode(value))


def literal(text: str, datatype: Term | None = None) -> Term:
    r"""A text, or the written form of a value of ``datatype``.

    >>> print(literal('She said "no".'))
    "She said \"no\"."
    """
    plain = '"' not in text and "\\" not in text and (text.isprintable() or not _ESCAPED.search(text))
    written = f'"{text}"' if plain else str(Literal(text))
    return written if datatype is None else f"{written}^^{datatype}"


@lru_cache(maxsize=1 << 12)
def decimal(value: float | Decimal) -> Term:
    """A number in the canonical form of xsd:decimal (no exponent, no trailing zeros)."""
    number = Decimal(str(value)).normalize()
    return f'"{number:f}"^^{XSD.decimal}'


def number(count: int) -> Term:
    """A whole number."""
    return literal(str(count), XSD.integer)


def iri_of(term: Term) -> str:
    """The IRI that a term is."""
    return term[1:-1]
