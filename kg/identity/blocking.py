"""Blocking: keys of which figures that may be one thing share at least one, so that few pairs are compared.

Within a block every figure is compared with the block's *hubs*, the first so many by the numbers of their IRIs: of a
small block with all, of a large one with enough; and a new figure changes what one or two of the others are compared
with. A key that begins with "." brings a weak name (an initial, a family name) and the full ones together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import Final

from kg.identity.acronyms import implied_by, spelt_out_by
from kg.identity.bodies import body_keys, home_keys
from kg.identity.claims import Claim
from kg.identity.collective import (
    KINDS_OF_PLACE,
    SMALL_WORDS,
    articleless_words,
    is_acronym,
    letters_of,
    plain_words,
    standing_for,
    unassimilated,
    without_legal_form,
)
from kg.identity.editions import acronym_keys, edition_keys, event_of, kinds_of
from kg.identity.figures import Figure
from kg.identity.happenings import keys_of_happening
from kg.identity.iris import norm
from kg.identity.personal import PARTICLES, is_frequent_family_name, personal_name
from kg.identity.personal_relation import (
    FEWEST_INITIALS,
    blocking_keys,
    chinese_family_name,
    family_first,
    initials,
    is_of_ruler,
    sound_code_of,
    telling_given_names,
)
from kg.identity.spelling import fold, skeleton
from kg.identity.titles import title_head

HUBS: Final = 40
FULL_HUBS: Final = 12
SINGLE_HUBS: Final = 3
"""Of a family name alone with a title: first of all it is compared with full names."""

FULL, WEAK = "\x00f", "\x00w"
"""How a key ends whose block is of full names, or of weak ones."""

SPELT_OUT, IMPLIED, ACRONYM = "&spelt ", "&implied ", "&acronym "
"""How keys of acronyms begin: of names that bear one, of names with its initials, of the acronym itself."""


def keys_of(figure: Figure, core: Iterable[Claim]) -> set[str]:
    """The keys of a figure, each beginning with its kind; none where it cannot be compared with others."""
    summary = figure.summary
    if figure.kind == "event" and not summary.named:
        return {f"event {key}" for key in _happening_keys(list(core))}
    if summary.alone:
        found: set[str] = set()
    elif figure.kind == "person":
        found = _person_keys(figure, core)
        for name in summary.aliases:
            found |= blocking_keys(personal_name(name)) if " " in name else set()
    else:
        found = _collective_keys(figure.kind, figure.name)
        if figure.kind == "organisation":
            found |= {"name " + letters for letters in spelt_out_by(figure)}
            for name in summary.aliases:
                found |= _collective_keys("organisation", name) if " " in name else set()
            found |= home_keys(figure.name, {claim.home for claim in core if claim.home})
    if found:
        for name in (figure.name, *summary.aliases):
            word = figure.kind == "place" or (figure.kind == "organisation" and not is_acronym(name))
            word = word or (figure.kind == "event" and any(sign.isdigit() for sign in name))
            if " " in name or word:
                found.add("name " + norm(name))
            elif figure.kind == "person" and name != figure.name and fold(name) not in fold(figure.name).split():
                found.add(f".{fold(name)}{FULL}")
        if figure.kind == "person" and figure.personal.single:
            found.add(f".{fold(figure.name)}{WEAK}")
    if figure.kind == "event":
        found |= {key for name in summary.aliases if " " in name for key in _collective_keys("event", name)}
        found |= _keys_of_days(figure.name, core)
    if figure.kind in ("organisation", "topic"):
        if figure.weak:
            found.add(ACRONYM + letters_of(figure.name))
        else:
            found |= {SPELT_OUT + letters for letters in spelt_out_by(figure)}
            found |= {IMPLIED + letters for letters in implied_by(figure)}
    return {f"{figure.kind} {key}" for key in found}


def _keys_of_days(name: str, core: Iterable[Claim]) -> set[str]:
    """The keys of the days of a named event: at its places, and of its kinds."""
    kinds = kinds_of(name)
    return {f"@{'/'.join(claim.days)} {at}" for claim in core if claim.days for at in (*claim.within, *map(str, kinds))}


def _collective_keys(kind: str, name: str) -> set[str]:
    """Blocking keys: names that may be one thing's share at least one."""
    plain = without_legal_form(name) if kind == "organisation" else plain_words(name)
    keys = {" ".join(sorted(word for word in plain if word not in SMALL_WORDS))}
    compact = "".join(plain)
    if len(compact) > 3:
        keys.add("~" + skeleton(compact))
    if kind == "place":
        keys.add(" ".join(sorted(word for word in plain if word not in SMALL_WORDS | KINDS_OF_PLACE)))
        for other in (articleless_words(plain), unassimilated(plain)):
            if other != plain:
                keys.add("~" + skeleton("".join(other)))
    if kind == "place" and (known := standing_for(name)):
        keys.add("@" + known)
    if kind == "organisation":
        keys |= body_keys(name, plain)
    if kind == "event":
        keys |= edition_keys(name) | acronym_keys(name)
        if event := event_of(name):
            keys.add("@" + event)
    return keys


def _person_keys(figure: Figure, core: Iterable[Claim]) -> set[str]:
    name = figure.personal
    keys = blocking_keys(name)
    weak = WEAK if figure.weak else FULL
    posts = [post for claim in core for post in claim.posts]
    if name.single:
        family = "".join(w for w in name.words if w not in PARTICLES)
        titles = {norm(post.title) for post in posts} | set(norm(figure.name).split()[:-1])
        keys |= {f"1 {skeleton(family)} {title}" for title in titles}
    else:
        family = name.words[-1]
        keys.add(f".{family} {name.words[0][0]}{weak}")
    if name.double:
        keys.add(f".{name.double}{weak}")
    employers = {post.employer for post in posts if post.employer}
    if not name.single:
        sounds = {sound_code_of(name), name.words[0], chinese_family_name(name)} - {None}
        keys |= {f"={sound} {employer}" for employer in employers for sound in sounds}
    alone = {family}
    if not name.single:
        alone |= telling_given_names(name)
        if family_first(name):
            alone.add(name.words[0])
        if len(name.words) >= FEWEST_INITIALS:
            alone.add(initials(name))
    ends = {FULL, WEAK} if is_of_ruler(name) else {weak}
    beside = employers | {title_head(post.title) for post in posts}
    keys |= {f".{word} {told}{end}" for told in beside for word in alone for end in ends}
    return keys | {f".{word} ~{end}" for word in alone if not is_frequent_family_name(word) for end in ends}


def _happening_keys(core: list[Claim]) -> set[str]:
    """The keys of an event that one article describes, once."""
    if len(core) != 1 or core[0].told is None:
        return set()
    return keys_of_happening(core[0].told, core[0].within, core[0].parties)


def is_block(key: str) -> bool:
    """Whether a key is one by which names are compared (and not one of acronyms)."""
    return "&" not in key[: key.index(" ") + 2]


def hubs_of(key: str) -> int:
    """How many hubs the block of a key has."""
    if key.endswith(WEAK):
        return 0
    return FULL_HUBS if key.endswith(FULL) else SINGLE_HUBS if key.startswith("person 1 ") else HUBS


def pairs_of(key: str, members: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The pairs of a block, given with its members in order."""
    most = hubs_of(key)
    hubs = members[:most]
    yield from combinations(hubs, 2)
    yield from ((hub, other) for other in members[most:] for hub in hubs)
