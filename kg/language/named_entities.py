"""The named entities that a pipeline's recogniser finds, in all sentences of a batch side by side.

spaCy's ``ner`` goes through a document token by token; the loop takes a quarter of the time of the whole pipeline,
most of it to ask for the interpreter's lock again and again. No name goes over the start of a sentence, so sentences do
not depend on one another: here each step is made for all of them at once, by the same weights and the same rules
(:class:`spacy.pipeline._parser_internals.ner.BiluoPushDown`): a name begins, goes on, ends or is of one word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME: Final = "newskg_named_entities"
FEATURES: Final = 3
"""What a step looks at: the token, the first token of the open name, the token before in the open name."""


class NamedEntities:
    """Sets the entities of documents as a recogniser would whose weights it uses."""

    def __init__(self) -> None:
        self._ner: EntityRecognizer | None = None

    def take(self, ner: EntityRecognizer) -> None:
        """Recognise as this one does from now on."""
        self._ner = ner
        names = [ner.moves.get_class_name(i) for i in range(ner.moves.n_moves)]
        moves = [(name[0], name[2:]) for name in names]
        self._labels = sorted({label for _, label in moves if label})
        self._begins, self._ends, self._alone = (
            np.array([action == wanted and label != "" for action, label in moves]) for wanted in "BLU"
        )
        self._label = np.array([self._labels.index(label) if label else -1 for _, label in moves])
        outside = np.array([action == "O" for action, _ in moves])
        inside = np.array([action == "I" for action, _ in moves])
        # The moves that are allowed: without an open name by whether the token is a word and ends its sentence, ...
        self._closed = np.array([[outside, outside], [outside | self._alone, outside | self._alone]])
        self._closed[1, 0] |= self._begins
        # ... and with one by its label and whether the token ends its sentence.
        self._open = np.array(
            [
                [(self._label == k) & (inside | self._ends), (self._label == k) & self._ends]
                for k in range(len(self._labels))
            ]
        )

    @property
    def model(self) -> Any:
        """The model of the recogniser, once there is one."""
        return self._ner.model if self._ner is not None else None

    def __call__(self, doc: Doc) -> Doc:
        """Set the entities of a document in place."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        """Set the entities of documents in place, some at once."""
        docs = iter(docs)
        while batch := list(islice(docs, batch_size)):
            self._set(batch)
            yield from batch

    def _set(self, docs: list[Doc]) -> None:
        assert self._ner is not None
        docs = [doc for doc in docs if len(doc)]
        if any(doc.to_array("ENT_IOB").any() for doc in docs):  # names that somebody has set before: its own rules
            self._ner.set_annotations(docs, self._ner.predict(docs))
            return
        found = iter(self._found(docs)) if docs else iter(())
        entity = next(found, None)
        begin = 0
        for doc in docs:
            spans = []
            while entity is not None and entity[0] < begin + len(doc):
                start, end, label = entity
                spans.append(Span(doc, start - begin, end - begin, label=label))
                entity = next(found, None)
            doc.set_ents(spans, default="outside")
            begin += len(doc)

    def _found(self, docs: list[Doc]) -> list[tuple[int, int, str]]:
        """The entities ``(start, end, label)`` in text order; tokens are counted through all documents."""
        lower, upper = self.model.get_ref("lower"), self.model.get_ref("upper")
        features = lower.predict(self.model.get_ref("tok2vec").predict(docs))  # the first row stands for no token
        bias, weights, weights_bias = lower.get_param("b"), upper.get_param("W"), upper.get_param("b")
        starts, ends, spaces = _sentences(docs)
        lengths = ends - starts
        opened = np.full(len(starts), -1)  # the first token of the open name
        kind = np.full(len(starts), -1)  # its label
        found: list[tuple[int, int, str]] = []
        for step in range(lengths[0]):
            active = int(np.searchsorted(-lengths, -step))  # sentences stand by length, longest first
            here = starts[:active] + step
            first, of = opened[:active], kind[:active]
            before = np.where(first >= 0, here - 1, -1)
            vectors = features[here + 1, 0] + features[first + 1, 1] + features[before + 1, 2] + bias
            scores = upper.ops.gemm(vectors.max(axis=-1), weights, trans2=True) + weights_bias
            last = (lengths[:active] == step + 1).astype(int)
            allowed = self._closed[(~spaces[here]).astype(int), last]
            within = first >= 0
            allowed[within] = self._open[of[within], last[within]]
            move = np.where(allowed, scores, -np.inf).argmax(axis=1)
            begins, ended, alone = self._begins[move], self._ends[move], self._alone[move]
            first[begins | alone] = here[begins | alone]
            of[begins] = self._label[move[begins]]
            done = ended | alone
            labels = self._label[move[done]].tolist()
            found += zip(
                first[done].tolist(), (here[done] + 1).tolist(), [self._labels[k] for k in labels], strict=True
            )
            first[done] = -1
        return sorted(found)


def _sentences(docs: list[Doc]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """First tokens and ends of the sentences, longest first, and which tokens are white space, of all documents."""
    starts, spaces, begin = [], [], 0
    for doc in docs:
        table = doc.to_array(["SENT_START", "IS_SPACE"])
        marked = table[:, 0] == 1
        marked[0] = True
        starts.append(np.flatnonzero(marked) + begin)
        spaces.append(table[:, 1] == 1)
        begin += len(doc)
    first = np.concatenate(starts)
    ends = np.append(first[1:], begin)
    order = np.argsort(first - ends, kind="stable")
    return first[order], ends[order], np.concatenate(spaces)


@Language.factory(NAME)
def _make(nlp: Language, name: str) -> NamedEntities:
    return NamedEntities()


def recognise_side_by_side(nlp: Language) -> None:
    """Put :class:`NamedEntities` in the place of the pipeline's ``ner``, if that is one it can stand for."""
    ner = nlp.get_pipe("ner")
    if not isinstance(ner, EntityRecognizer) or ner.cfg["beam_width"] != 1:
        return
    model = ner.model
    if model.name != "parser_model" or not model.attrs["has_upper"] or model.attrs["unseen_classes"]:
        return
    if any("listener" in node.name for node in model.walk()):  # its vectors would come from another component
        return
    lower = model.get_ref("lower")
    if lower.get_dim("nF") != FEATURES or lower.get_dim("nP") < 2:
        return
    here: NamedEntities = nlp.add_pipe(NAME, before="ner")  # type: ignore[assignment]
    nlp.remove_pipe("ner")
    here.take(ner)
