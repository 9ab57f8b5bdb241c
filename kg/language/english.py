"""Whether a text is in English at all: a longer one without the small words of English is not."""

from __future__ import annotations

import re

_SMALL_WORDS = frozenset(
    (
        *("the", "of", "and", "to", "that", "with", "by", "from", "has", "said", "were", "this", "which", "are"),
        *("been", "who", "will", "its", "they", "their", "she", "not", "but"),
    )
)
"""Words that are frequent in English, and each in few other languages."""

FEWEST_WORDS = 40
"""Words that a text must have to be judged by them."""

SMALLEST_SHARE = 0.06
"""Small words make a sixth of the words of English news and more; lists of names have fewer."""

JUDGED = 20_000
"""Characters that are looked at."""


def looks_english(text: str) -> bool:
    """Whether the text may be English: its letters are Latin, and if it is not short, its small words are there."""
    words: list[str] = re.findall(r"[^\W\d_]+", text[:JUDGED].lower())
    letters = "".join(words)
    if sum(letter < "\u0250" for letter in letters) < len(letters) / 2:
        return False
    return len(words) < FEWEST_WORDS or sum(w in _SMALL_WORDS for w in words) >= SMALLEST_SHARE * len(words)
