"""The remembered attribute rules say what the model's own rules say."""

import warnings

import spacy

from kg.language.pipeline import DEFAULT_MODEL

TEXTS = [
    "They're gonna say it isn't so; let's hope we've gotta go, ain't we? That's hers!",
    "Officials said on Monday that the ministers' meeting in Oslo hadn't ended.\n\nWhich one of those is it?",
    "",
    "   \n ",
]


def attributes(doc):
    return [(t.text, t.pos_, str(t.morph), t.lemma_, t.tag_, t.dep_, t.head.i, t.is_sent_start) for t in doc]


def test_the_same_attributes_as_the_model_itself_gives(nlp, root):
    texts = [
        *TEXTS,
        *(path.read_text(encoding="utf-8") for path in sorted((root / "tests/gold/articles").glob("*.txt"))),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the model is older than the library
        own = spacy.load(DEFAULT_MODEL)
    assert "attribute_ruler" in own.pipe_names
    assert "attribute_ruler" not in nlp.pipe_names
    for text, remembered in zip(texts, nlp.pipe(texts), strict=True):
        assert attributes(remembered) == attributes(own(text))


def test_a_token_seen_before_is_annotated_again(nlp):
    assert attributes(nlp(TEXTS[0])) == attributes(nlp(TEXTS[0]))
