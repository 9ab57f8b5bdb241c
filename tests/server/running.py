"""A server as the command starts it, and a graph whose texts mean harm."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx

KG = str(Path(sys.executable).with_name("kg"))

HOSTILE = """
@prefix nk: <https://w3id.org/newskg/ontology#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> . @prefix dcterms: <http://purl.org/dc/terms/> .
@prefix p: <https://w3id.org/newskg/id/person/> . @prefix f: <https://w3id.org/newskg/id/fact/> .
p:x a nk:Person ; rdfs:label "<script>window.hacked=1</script>" ;
  skos:altLabel "\\"><img src=x onerror=window.hacked=1>" ;
  nk:evidence <https://w3id.org/newskg/id/article/a#char=0,30> ; nk:attended <javascript:window.hacked=1> .
<javascript:window.hacked=1> a nk:Event ; rdfs:label "' onmouseover='window.hacked=1" .
f:f a nk:Fact ; rdf:subject p:x ; rdf:predicate nk:attended ; rdf:object <javascript:window.hacked=1> ;
  nk:evidence <https://w3id.org/newskg/id/article/a#char=0,30> ; nk:confidence 0.5 .
<https://w3id.org/newskg/id/article/a> a nk:Article ; rdfs:label "</title><script>window.hacked=1</script>" ;
  dcterms:source "javascript:window.hacked=1" ;
  nif:isString "<script>window.hacked=1</script> & \\u202Eturned" .
<https://w3id.org/newskg/id/article/a#char=0,30> a nk:TextSpan ; nif:beginIndex 0 ; nif:endIndex 30 ;
  nif:anchorOf "<script>window.hacked=1</scrip" ; nif:referenceContext <https://w3id.org/newskg/id/article/a> .
"""


class Server:
    """A running ``kg serve``."""

    def __init__(self, graph, *options):
        self.process = subprocess.Popen(
            [KG, "serve", str(graph), "--port", "0", *options], stderr=subprocess.PIPE, text=True
        )
        line = self.process.stderr.readline()
        found = re.search(r"http://\S+/", line)
        assert found, line + self.process.stderr.read()
        self.address = found[0]
        self.client = httpx.Client(base_url=self.address, timeout=60)

    def get(self, path, accept=None, **options):
        headers = {"accept": accept} if accept else {}
        return self.client.get(path, headers={**headers, **options.pop("headers", {})}, **options)

    def ask(self, query, accept="application/sparql-results+json"):
        return self.get("/sparql", accept, params={"query": query})

    def stop(self):
        self.client.close()
        self.process.terminate()
        self.process.wait(timeout=20)
        self.process.stderr.close()
