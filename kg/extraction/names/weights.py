"""What each observation about a name is worth: votes for person, organisation, place, and "nothing of these".

The model's label is one voter among many: it finds the strings but often mistakes the kind.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Votes(NamedTuple):
    """Votes for person, organisation, place, and neither of the three."""

    person: float = 0.0
    organisation: float = 0.0
    place: float = 0.0
    nothing: float = 0.0

    def __add__(self, other: object) -> Votes:
        assert isinstance(other, Votes)
        return Votes(*(a + b for a, b in zip(self, other, strict=True)))

    def scaled(self, factor: float) -> Votes:
        """The votes times a factor."""
        return Votes(*(vote * factor for vote in self))


NO_VOTES = Votes()


def tally(observed: Iterable[tuple[str, float]]) -> Votes:
    """The votes of observations, each with how often it counts."""
    person = organisation = place = nothing = 0.0
    for observation, times in observed:
        votes = WEIGHTS[observation]
        person += votes[0] * times
        organisation += votes[1] * times
        place += votes[2] * times
        nothing += votes[3] * times
    return Votes(person, organisation, place, nothing)


WEIGHTS: dict[str, Votes] = {
    # the model's labels, by their share among the places
    "label PERSON": Votes(person=3.0),
    "label ORG": Votes(organisation=1.9),
    "always labelled a body": Votes(organisation=0.8),
    "label GPE": Votes(place=3.0),
    "label LOC": Votes(place=2.6),
    "label FAC": Votes(place=2.2, organisation=0.4),
    "label NORP": Votes(nothing=3.0),
    "label PRODUCT": Votes(nothing=1.8),
    "label WORK_OF_ART": Votes(nothing=2.6),
    "label LAW": Votes(nothing=2.6),
    "label EVENT": Votes(nothing=2.6),
    "label LANGUAGE": Votes(nothing=3.0),
    "label ": Votes(nothing=1.6),
    "label PARTY": Votes(),
    "short name of a party": Votes(organisation=20.0),
    "capitals of no known place": Votes(place=-1.8),
    # the places: each counts up to twice
    "title before": Votes(person=4.0, organisation=-1.5, place=-2.0),
    "noun for people before": Votes(person=2.4),
    "noun for people or bodies before": Votes(person=0.8, organisation=1.2),
    "its post and person after": Votes(organisation=2.8, person=-1.5, place=0.5),
    "its followers after": Votes(person=1.8, organisation=-0.5),
    "called a person": Votes(person=2.0),
    "a noun for a person after": Votes(),
    "headed by a noun for a person": Votes(),
    "a noun for a person": Votes(nothing=0.5),
    "its words after": Votes(organisation=1.0, person=0.4),
    "its own after": Votes(organisation=3.0, place=0.5, person=-6.0),
    "noun for people after": Votes(organisation=0.7, place=0.5, person=-1.0),
    "described as a person": Votes(person=3.5),
    "described as a body": Votes(organisation=2.5),
    "introduced as a body": Votes(organisation=5.0, person=-4.0),
    "has people at it": Votes(organisation=2.0, person=-3.0),
    "described as a place": Votes(place=2.5),
    "called a body": Votes(organisation=1.0),
    "called a place": Votes(place=1.0),
    "called a thing": Votes(nothing=3.0, person=-0.8),
    "called a happening": Votes(nothing=1.0),
    "a noun for a body after": Votes(organisation=0.3),
    "a noun for a place after": Votes(),
    "a noun for a thing after": Votes(),
    "a noun for a happening after": Votes(),
    "age after": Votes(person=4.0),
    "who after": Votes(person=3.0),
    "does what people do": Votes(person=1.6),
    "speaks": Votes(person=0.9, organisation=0.7),
    "in it": Votes(place=2.0, person=-2.0),
    "end of a way": Votes(place=3.0, person=-2.5),
    "the before": Votes(person=-2.0, organisation=0.3),
    "portfolio of a title": Votes(nothing=3.0),
    "field of an office": Votes(nothing=9.0, organisation=-2.0),
    "title of a person": Votes(nothing=3.5),
    "noun after": Votes(nothing=0.7, organisation=0.3, place=-0.5),
    "person of": Votes(organisation=1.5, place=0.8, person=-1.5),
    "its person": Votes(organisation=1.2, place=0.4, person=-1.0),
    "The before": Votes(organisation=2.2, person=-1.0),
    "plays as a team": Votes(organisation=2.8, place=-1.2),
    "team of a match report": Votes(organisation=2.2, place=-1.5),
    "team of a sports report": Votes(organisation=3.5, place=-2.5),
    "acts": Votes(person=0.5, organisation=0.6, place=0.1),
    "a point of the compass": Votes(place=10.0),
    "employs": Votes(organisation=1.6, person=-1.0),
    "has a chief": Votes(organisation=3.0, person=-3.0),
    "governed": Votes(organisation=0.6, place=1.4, person=-2.0),
    "listed with a place": Votes(place=1.5),
    "has a people": Votes(place=3.5),
    "works of a person": Votes(nothing=9.0),
    "in quotation marks": Votes(nothing=2.2),
    "listed with a person": Votes(person=1.2),
    "what a maker makes": Votes(nothing=2.8),
    "listed with a body": Votes(organisation=0.8, person=-0.3),
    "year in brackets after": Votes(nothing=6.0),  # films, books
    "addressed": Votes(person=0.9, organisation=0.6, place=-1.0),
    "family of somebody named": Votes(nothing=7.0),
    "region after": Votes(place=2.5),
    "place after a comma": Votes(place=1.5),
    "expanded by small words": Votes(nothing=9.0),
    # its own words
    "company ending": Votes(organisation=5.0, person=-2.0),
    "organisation noun": Votes(organisation=3.5, person=-2.5, nothing=-0.5),
    "noun for a building or its body": Votes(organisation=1.8, place=1.8, person=-2.5, nothing=-0.5),
    "at it": Votes(place=0.9, organisation=0.4, person=-0.5),
    "by it": Votes(person=1.0, organisation=0.5),
    "in a building": Votes(place=3.0),
    "described as a thing": Votes(nothing=3.5, person=-1.0),
    "after a person's name": Votes(nothing=4.0, place=-2.0),
    "capital for its place only": Votes(nothing=3.0),
    "letters and digits": Votes(nothing=1.0),
    "place noun": Votes(place=3.4, person=-2.5, nothing=-0.5),
    "event noun": Votes(nothing=4.0),
    "noun for a thing": Votes(nothing=4.0),
    "plural after a place": Votes(organisation=2.2, place=-1.5, person=-1.0),
    "headed by a noun for a body": Votes(organisation=1.0),
    "headed by a noun for a place": Votes(place=0.5),
    "headed by a noun for a thing": Votes(nothing=2.0),
    "headed by a noun for a happening": Votes(nothing=1.0),
    "a noun for a body": Votes(),
    "a noun for a place": Votes(),
    "a noun for a thing": Votes(nothing=0.5),
    "a noun for a happening": Votes(nothing=0.5),
    "given name first": Votes(person=2.6),
    "no name of a person": Votes(person=-0.8),
    "given name alone": Votes(person=0.9),
    "family name last": Votes(person=0.9),
    "family name alone": Votes(person=1.1),
    "initials": Votes(person=2.5),
    "junior": Votes(person=3.0),
    "an unknown word that speaks": Votes(organisation=1.2),
    "capitals only": Votes(organisation=1.3, person=-2.0),
    "capitals inside": Votes(organisation=1.4),
    "ampersand": Votes(organisation=2.0),
    "no place of the gazetteer": Votes(place=-1.0),
    "owned": Votes(person=1.8),
    "in brackets after a colon": Votes(nothing=5.0),
    "hyphenated before a noun": Votes(nothing=3.5),
    "names a law": Votes(nothing=9.0),
    "a people": Votes(nothing=3.0, person=-5.0),
    "web address": Votes(nothing=2.5),
    "known organisation": Votes(organisation=3.4, person=-1.0),
    "country": Votes(place=4.5),
    "region": Votes(place=2.6),
    "large city": Votes(place=2.6),
    "city": Votes(place=1.2),
    "noble title of a place": Votes(person=8.0),
    "university of a state": Votes(organisation=3.0, place=-1.0),
    "demonym": Votes(nothing=6.0),
    "demonym or given name": Votes(nothing=3.0),
    "not a name": Votes(nothing=7.5),
    "written small elsewhere": Votes(nothing=1.5),
    "in headlines only": Votes(nothing=1.0),
    "in shouted headlines only": Votes(nothing=3.5),
    "last word of a body's": Votes(organisation=5.0),
    "short form of a company's": Votes(organisation=3.2),
    "name inside a person's": Votes(person=3.2),
}
