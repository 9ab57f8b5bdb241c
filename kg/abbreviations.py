"""Full stops that shorten a word and end no sentence: "Mr. Reid", "Sept. 12", "J. K. Roe"."""

from __future__ import annotations

from functools import cache

from kg.words import table


def abbreviates(word: str, following: str) -> bool:
    """Whether the stop that ends ``word`` belongs to it, seen with the text that follows.

    >>> abbreviates("Sept.", "12"), abbreviates("Mr.", "Reid"), abbreviates("K.", "Roe"), abbreviates("no.", "It")
    (True, True, True, False)
    """
    if is_initial(word):
        return True
    stands_with = abbreviations().get(word.lower())
    if stands_with == "number":
        return following[:1].isdigit()
    return stands_with == "name" and following[:1].isupper()


def is_initial(word: str) -> bool:
    """Whether the word is one capital letter with its stop, or several: "K.", "U.S."."""
    letters = word.split(".")
    return letters.pop() == "" and all(len(letter) == 1 and letter.isupper() for letter in letters)


@cache
def abbreviations() -> dict[str, str]:
    """Each abbreviation, in lower case and with its stop, with what it stands before: a name or a number."""
    found = {short: "name" for short, *_ in table("titles_abbreviations") if short.endswith(".")}
    found.update((short, stands_with) for short, stands_with in table("abbreviations"))
    return found
