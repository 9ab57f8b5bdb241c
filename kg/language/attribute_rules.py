"""The attribute rules of an English pipeline, remembered.

spaCy's ``attribute_ruler`` sets parts of speech and morphology by matching some 180 patterns against every document, an
eighth of the time of the whole pipeline. All but a few of the patterns look at one token only, so what they say
depends on its word, tag and dependency alone: here it is asked of the model's own rules once for each such triple.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.vocab import Vocab

NAME = "newskg_attribute_rules"
_GIVEN: list[int | str] = ["ORTH", "TAG", "DEP"]
_SET: list[int | str] = ["POS", "MORPH", "LEMMA", "TAG", "DEP"]


class AttributeRules:
    """Sets what the rules that it was given set, patterns of several tokens after those of one."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.take([])

    def take(self, rules: list[dict[str, Any]]) -> None:
        """Set by these rules from now on; they are those of :attr:`AttributeRuler.patterns`."""
        alone = [rule for rule in rules if all(len(pattern) == 1 for pattern in rule["patterns"])]
        self._alone = _ruler(self.vocab, alone)
        self._several = _ruler(self.vocab, [rule for rule in rules if rule not in alone])
        self._known: dict[tuple[int, ...], tuple[int, ...]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate a tagged and parsed document in place."""
        if not len(doc):
            return doc
        given = [tuple(row) for row in doc.to_array(_GIVEN).tolist()]
        self._learn(sorted(set(given).difference(self._known)))
        rows = [self._known[key] for key in given]
        doc.from_array(_SET[:3], np.array([row[:3] for row in rows], dtype="uint64"))  # type: ignore[arg-type]
        for i, (key, row) in enumerate(zip(given, rows, strict=True)):
            if key[1:] != row[3:]:
                doc[i].tag, doc[i].dep = row[3:]
        return self._several(doc)

    def _learn(self, keys: list[tuple[int, ...]]) -> None:
        """Ask the rules about tokens of new words, tags and dependencies, each a document's token of its own."""
        if not keys:
            return
        strings = self.vocab.strings
        words, tags, deps = ([strings[key[i]] for key in keys] for i in range(3))
        asked = Doc(self.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(keys))))
        said = self._alone(asked).to_array(_SET).tolist()
        self._known.update(zip(keys, map(tuple, said), strict=True))


def _ruler(vocab: Vocab, patterns: list[dict[str, Any]]) -> AttributeRuler:
    ruler = AttributeRuler(vocab)
    ruler.add_patterns(patterns)
    return ruler


@Language.factory(NAME)
def _make(nlp: Language, name: str) -> AttributeRules:
    return AttributeRules(nlp.vocab)


def remember_attribute_rules(nlp: Language) -> None:
    """Put :class:`AttributeRules` in the place of the pipeline's ``attribute_ruler``, if it has one."""
    if "attribute_ruler" not in nlp.pipe_names:
        return
    remembered = nlp.add_pipe(NAME, before="attribute_ruler")
    _, ruler = nlp.remove_pipe("attribute_ruler")
    remembered.take(ruler.patterns)  # type: ignore[attr-defined]
