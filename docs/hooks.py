"""Pages of the documentation that are made of the program itself: commands, questions, the ontology."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages; MkDocs calls this."""
    from mkdocs.structure.files import File

    for path, make in (
        ("reference/commands.md", commands),
        ("reference/questions.md", questions),
        ("reference/ontology.md", ontology),
    ):
        files.append(File.generated(config, path, content=make()))
    return files


def commands() -> str:
    """Every command with its help."""
    import click

    from kg.cli import cli

    text = "# Commands\n\nEvery command says this itself: `kg COMMAND --help`.\n"
    for name in sorted(cli.commands):
        with click.Context(cli, info_name="kg") as parent:
            context = click.Context(cli.commands[name], info_name=name, parent=parent, max_content_width=100)
            text += f"\n## kg {name}\n\n```text\n{cli.commands[name].get_help(context)}\n```\n"
    return text


def questions() -> str:
    """Every question with its parameters and its SPARQL."""
    from kg.queries import questions as known
    from kg.queries.parameters import PARAMETERS

    text = (
        "# Questions\n\n`kg query GRAPH --name QUESTION` asks one of these; bold parameters have to be given. "
        "A line of the query that begins with `#` and the name of a parameter holds when that parameter is given.\n"
    )
    for question in known():
        if question.name.startswith("CQ"):
            continue
        taken = ", ".join(f"**--{name}**" if name in question.required else f"--{name}" for name in question.parameters)
        sparql = question.sparql.split("\n", 1)[1].strip()
        text += f"\n## {question.name}\n\n{question.text}\n\nParameters: {taken or 'none'}\n"
        text += f'\n??? note "SPARQL"\n\n    ```sparql\n{_indented(sparql)}\n    ```\n'
    rows = "".join(f"| --{name} {p.metavar} | {p.text} |\n" for name, p in PARAMETERS.items())
    return text + f"\n## Parameters\n\n| parameter | what it takes |\n|---|---|\n{rows}"


def _indented(text: str) -> str:
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


def ontology() -> str:
    """The classes and properties of ontology.ttl as tables, and a diagram of how they hang together."""
    from rdflib import OWL, RDF, RDFS, Graph, URIRef

    from kg.vocabulary import NK, ontology_file

    graph = Graph().parse(ontology_file("ontology.ttl"))

    def short(term: Any) -> str:
        try:
            return graph.namespace_manager.qname(str(term)) if isinstance(term, URIRef) else ""
        except ValueError:
            return str(term)

    def listed(term: URIRef, predicate: Any) -> str:
        found = []
        for value in graph.objects(term, predicate):
            union = next(graph.objects(value, OWL.unionOf), None) or next(graph.objects(value, OWL.oneOf), None)
            if union is not None:
                found += [short(item) or str(item) for item in graph.items(union)]
            elif short(value):
                found.append(short(value))
        return ", ".join(sorted(found))

    def comment(term: URIRef) -> str:
        return str(next(graph.objects(term, RDFS.comment), "")).replace("|", "\\|").replace("\n", " ")

    terms = [URIRef(NK.iri + name) for name in NK]
    classes = [term for term in terms if (term, RDF.type, OWL.Class) in graph]
    text = (
        "# Ontology\n\nMade from `ontology/ontology.ttl`. The prefix is `nk:`, the namespace "
        f"`{NK.iri}`.\n\n```text\n{DIAGRAM}```\n\n## Classes\n"
    )
    for term in classes:
        text += f"\n### {short(term)}\n\n{comment(term)}\n"
        if broader := listed(term, RDFS.subClassOf):
            text += f"\nIs a kind of: {broader}\n"
    text += "\n## Properties\n\n| property | from | to | what it says |\n|---|---|---|---|\n"
    for term in terms:
        if term not in classes:
            domain, range_ = listed(term, RDFS.domain), listed(term, RDFS.range)
            text += f"| {short(term)} | {domain} | {range_} | {comment(term)} |\n"
    return text


DIAGRAM = """\
Article --- nif:isString, its text
  ^
  | nif:referenceContext
TextSpan <--- nk:evidence --- Fact --- rdf:subject, rdf:predicate, rdf:object ---> the triple itself
  ^
  | nk:sourceSpan, nk:cueSpan, nk:contentSpan
Statement --- nk:speaker ---> Person | Organisation --- nk:attended, nk:spokeAt ... ---> Event --- nk:place ---> Place
  |                             |                                                         |
  | nk:about, nk:quantity       | nk:holdsRole                                            | nk:partOf, nk:about
  v                             v                                                         v
Topic, Quantity               Role --- nk:organisation ---> Organisation                Event, Topic
"""
