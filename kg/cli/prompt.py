"""``kg query GRAPH`` without a query: questions one by one, with completion."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, Final

import click

from kg.errors import KgError, QueryError, how_to_install

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import CompleteEvent, Completer, Completion
    from prompt_toolkit.document import Document

    from kg.store import KnowledgeGraph

KEYWORDS: Final = """SELECT DISTINCT WHERE OPTIONAL FILTER UNION MINUS BIND VALUES ASK CONSTRUCT DESCRIBE GROUP BY ORDER
    DESC COUNT LIMIT OFFSET HAVING CONTAINS LCASE REGEX EXISTS NOT"""
HELP: Final = """A query in SPARQL (over several lines until its braces are closed), or
  .ask NAME --PARAMETER VALUE ...  one of the questions that come with kg
  .list                            those questions
  .why NAME                        every fact about a thing, with its sentence
  .labels                          labels in place of IRIs, or not
  .help   .quit (or Ctrl-D)"""
COMMANDS: Final = (".ask", ".help", ".labels", ".list", ".quit", ".why")
MOST_NAMES: Final = 50


class Words:
    """The words that can be completed: prefixes, classes, properties, keywords, names in quotes, commands."""

    def __init__(self, graph: KnowledgeGraph) -> None:
        from pyoxigraph import Literal

        from kg.queries import questions
        from kg.queries.advice import words_in_use
        from kg.vocabulary import NK, RDFS, SKOS

        classes, properties = words_in_use(graph)
        terms = {graph.shortened(iri) for iri in (*properties, *classes)} | {f"nk:{name}" for name in NK}
        self.terms = sorted(terms | {f"{prefix}:" for prefix in graph.prefixes})
        named = (t.object for label in (RDFS.label, SKOS.altLabel) for t in graph.triples(None, label))
        self.names = sorted({term.value for term in named if isinstance(term, Literal)})
        self.questions = {question.name: question.parameters for question in questions()}

    def after(self, text: str) -> tuple[str, list[str]]:
        """What has been typed of the word at the end of a text, and the words that it may become."""
        line = text.lstrip()
        if line.startswith(".") and " " not in line:
            return line, [word for word in COMMANDS if word.startswith(line)]
        if line.startswith(".why "):
            typed = line[5:].lstrip()
            return typed, self._names(typed)
        if line.startswith(".ask "):
            return self._asked(line)
        if text.count('"') % 2:
            typed = text.rpartition('"')[2]
            return typed, self._names(typed)
        typed = re.search(r"[\w:?$.-]*$", text)[0]  # type: ignore[index]
        if not typed:
            return "", []
        lowered = typed.lower()
        variables = sorted({word for word in re.findall(r"[?$]\w+", text) if word != typed})
        words = [*variables, *self.terms, *KEYWORDS.split()]
        found = [word for word in words if word.lower().startswith(lowered)]
        if ":" not in typed and len(typed) > 2:  # a property without its prefix
            found += [word for word in self.terms if word.partition(":")[2].lower().startswith(lowered)]
        return typed, found

    def _asked(self, line: str) -> tuple[str, list[str]]:
        typed = line.rpartition(" ")[2]
        words = line.split()
        name = words[1] if len(words) > 1 else ""
        if name not in self.questions or (typed == name and len(words) == 2):
            return typed, [known for known in self.questions if known.startswith(typed)]
        value = re.search(r'--\w+\s+"([^"]*)$', line)
        if value:
            return value[1], self._names(value[1])
        return typed, [f"--{known}" for known in self.questions[name] if f"--{known}".startswith(typed)]

    def _names(self, typed: str) -> list[str]:
        lowered = typed.lower()
        return [name for name in self.names if name.lower().startswith(lowered)][:MOST_NAMES]


def is_whole(text: str) -> bool:
    """Whether a query can be run: its braces are closed (those in texts, IRIs and comments do not count)."""
    from kg.store.guard import tokens

    depth = 0
    for token in tokens(text):
        if token.kind == "other":
            depth += (token.text == "{") - (token.text == "}")
    return text.lstrip().startswith(".") or (depth <= 0 and ("}" in text or text.lower().startswith("describe")))


def make_completer(words: Words) -> Completer:
    """The completer that prompt-toolkit asks."""
    from prompt_toolkit.completion import Completer, Completion

    class WordCompleter(Completer):
        def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
            typed, found = words.after(document.text_before_cursor)
            for word in found:
                yield Completion(word, start_position=-len(typed))

    return WordCompleter()


def make_session(words: Words) -> PromptSession[str]:
    """A prompt with history, completion, and Enter that runs what is whole and breaks the line otherwise."""
    from prompt_toolkit import PromptSession
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    keys = KeyBindings()

    @keys.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_whole(buffer.text) or not buffer.text.strip():
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return PromptSession(
        "kg> ", completer=make_completer(words), complete_while_typing=False, multiline=True, key_bindings=keys
    )


def converse(path: str, labels: bool, timeout: float) -> None:
    """Ask and answer until there are no more questions. Raises KgError where prompt-toolkit is missing."""
    try:
        import prompt_toolkit  # noqa: F401
    except ImportError:
        raise KgError(
            f"give a query, -f FILE or --name QUESTION; a conversation needs {how_to_install('prompt')}"
        ) from None
    from kg.store import KnowledgeGraph

    with KnowledgeGraph.open(path, timeout) as graph:
        session = make_session(Words(graph))
        click.echo("Ask in SPARQL; Tab completes, .help tells more, Ctrl-D ends.", err=True)
        talk = Conversation(graph, labels, timeout)
        while True:
            try:
                text = session.prompt()
            except KeyboardInterrupt:
                continue
            except EOFError:
                return
            if not talk.answer(text.strip()):
                return


class Conversation:
    """Answers what is typed, and goes on after an error."""

    def __init__(self, graph: KnowledgeGraph, labels: bool = False, timeout: float = 30.0) -> None:
        self._graph = graph
        self._labels = labels
        self._timeout = timeout

    def answer(self, text: str) -> bool:
        """Answer one line or query; False when it ends the conversation."""
        if text in (".quit", ".exit"):
            return False
        from kg.cli.output import say

        try:
            self._answer(text)
        except KgError as error:
            say(error)
        except ValueError as error:
            say(f"{text.split()[0]}: {error}")
        return True

    def _answer(self, text: str) -> None:
        from kg.cli.query import Shown, list_questions, run_query

        command, _, rest = text.partition(" ")
        if not text:
            return
        if command == ".labels":
            self._labels = not self._labels
            click.echo(f"labels {'in place of IRIs' if self._labels else 'not shown'}", err=True)
        elif command == ".list":
            list_questions()
        elif command == ".why":
            from kg.cli.why import show

            show(self._graph, rest.strip())
        elif command == ".ask":
            query = asked(self._graph, shlex.split(rest))
            run_query(self._graph, query, self._timeout, Shown(labels=self._labels))
        elif command.startswith("."):
            click.echo(HELP, err=True)
        else:
            run_query(self._graph, text, self._timeout, Shown(labels=self._labels))


def asked(graph: KnowledgeGraph, words: list[str]) -> str:
    """The query of ``NAME --parameter value ...``. Raises QueryError where it is not that."""
    from kg.queries import question

    if not words:
        raise QueryError("give the name of a question (.list shows them)")
    names, values = words[1::2], words[2::2]
    if len(names) != len(values) or not all(name.startswith("--") for name in names):
        raise QueryError('parameters are --NAME VALUE, as in --person "Daren Tang"')
    given = {name[2:]: value for name, value in zip(names, values, strict=True)}
    return question(words[0]).bound(graph, given)
