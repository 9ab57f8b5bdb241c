"""Parts in an occasion that the sentence need not name: guests in a list, people present, prizes, one's own speech."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from kg.extraction.events.clauses import coordinated, subject, verb_over
from kg.extraction.events.parts import OCCASIONS, E, EventParts, Part, noun_parts
from kg.extraction.events.words import word_class


@cache
def _telling() -> frozenset[str]:
    """The words and lemmas at which a part may be told."""
    classes = ("attending", "speeches", "honours", "researching", "bench", "audience", "harmed", "performing")
    words = ("participation", "present", "it", "part", "went", "going", "goes")
    return frozenset(words).union(noun_parts(), *(word_class(name) for name in classes))


class OccasionParts(EventParts[E]):
    """Reads the parts in the occasion that the text speaks of at the moment."""

    def listed(self) -> Iterator[Part[E]]:
        """Lists of people at an occasion that the sentence need not name.

        "guests like A and B"; "among the guests were A and B"; "participants included A"; "A and B were present";
        "A took part in it"; "in her speech, A said".
        """
        c = self.c
        nouns = noun_parts()
        telling = _telling()
        for i, word in enumerate(c.lower):
            if (word not in telling and c.lemmas[i] not in telling) or i in self.said:
                continue
            if c.lemmas[i] in nouns and c.pos[i] == "NOUN":
                yield from self._group_without_event(i, nouns[c.lemmas[i]])
            elif word in word_class("attending") and (c.tags[i] in {"VBG", "NN"} or self._inverted(i)):
                yield from self._also_there(i)
            elif word == "participation" and c.lower[i + 1 : i + 2] == ["of"]:
                yield from self._participation_of(i)
            elif word in word_class("speeches") and c.deps[i] == "nsubjpass":
                yield from self._given_by(i)
            elif word == "present" and c.deps[i] in {"acomp", "ROOT", "advcl", "attr"}:
                yield from self._present(i)
            elif word == "it" and c.deps[i] == "nsubjpass":
                event = self._subject_before(i)
                if event is not None:
                    for verb in coordinated(c, c.heads[i]):
                        yield from self._of_verb(verb, "object", event, passive=True)
            elif word == "it" and c.deps[i] == "pobj" and c.lower[c.heads[i]] == "in":
                part = c.heads[c.heads[i]]
                verb = c.heads[part] if c.lower[part] == "part" else part
                if c.lemmas[verb] in {"take", "participate"}:
                    yield from self._at_occasion(
                        verb, self.who.subject_agents(verb), "participatedIn", i, "took part in it"
                    )
            elif word in word_class("honours") or word in {"went", "going", "goes"}:
                yield from self._honoured(i)
            elif word in word_class("researching"):
                yield from self._researching(i)
            elif word in word_class("bench") and c.deps[i] == "dobj" and c.lemmas[c.heads[i]] == "tell":
                trials = {self.event_at[h] for h in self.event_at if self.types[self.event_at[h]] == "justice"}
                if len(trials) == 1:
                    verb = c.heads[i]
                    yield from self.stated(
                        verb, self.who.subject_agents(verb), "spokeAt", trials.pop(), f"told the {word}"
                    )
            elif word in word_class("speeches") and (
                any(c.tags[j] == "PRP$" for j in c.children[i])
                or any(c.lower[j] in word_class("opening") for j in c.children[i])
            ):
                yield from self._own_speech(i)
            elif word in word_class("audience") and c.deps[i] == "dobj":
                yield from self._before_audience(i)
            elif word in word_class("harmed") and c.deps[i] == "nsubjpass":
                yield from self._harmed(i)
            elif c.lemmas[i] in word_class("performing") and c.pos[i] == "VERB":
                yield from self._performed(i)
            elif word == "part" and c.deps[i] == "dobj" and c.lemmas[c.heads[i]] == "take":
                yield from self._took_part(i)

    def _subject_before(self, i: int) -> E | None:
        """The event that is the subject of the sentence before: "It was opened by ..." takes it up."""
        c = self.c
        before = c.sentence_of[i] - 1
        if before < 0:
            return None
        start, end = c.sentences[before]
        main = next((j for j in range(start, end) if c.deps[j] == "ROOT"), None)
        told = subject(c, main) if main is not None else None
        return self.event_at.get(told[0]) if told else None

    def _at_occasion(self, verb: int, agents: list[str], kind: str, i: int, reason: str) -> Iterator[Part[E]]:
        event = self._occasion(i)
        if event is not None:
            yield from self.stated(verb, agents, kind, event, reason)

    def _group_without_event(self, i: int, kind: str) -> Iterator[Part[E]]:
        c = self.c
        sentence_end = c.sentences[c.sentence_of[i]][1]
        mark = next((j for j in range(i + 1, min(i + 4, sentence_end)) if self._introduces(j)), None)
        above = c.heads[i]
        if c.deps[i] == "pobj" and c.lower[above] == "with" and not self._names_event(i):
            return  # "met with guests including A": perhaps elsewhere
        if c.deps[i] == "pobj" and c.lower[above] == "among" and c.lemmas[c.heads[above]] == "be":
            mark = c.heads[above] if c.heads[above] > i else None
        elif c.deps[i] == "nsubj" and c.lemmas[above] in word_class("listing") and not self._names_event(i):
            mark = above if c.lemmas[above] != "be" else None
        event = self._occasion(i) if mark is not None else None
        if mark is not None and event is not None:
            for agent in self.who.in_region(mark + 1, self.who.object_region(mark)[1]):
                yield Part(agent, kind, event, i, f"named among the {c.lower[i]}")

    def _introduces(self, j: int) -> bool:
        return self.c.lower[j] in {"like", "including"} or (self.c.lower[j] == "as" and self.c.lower[j - 1] == "such")

    def _names_event(self, i: int) -> bool:
        c = self.c
        return any(k in self.event_at for j in c.children[i] if c.deps[j] == "prep" for k in c.children[j])

    def _present(self, i: int) -> Iterator[Part[E]]:
        """ "A and B were present at the signing"; "also present were A and B"."""
        c = self.c
        being = [j for j in (c.heads[i], *c.children[i]) if c.lemmas[j] == "be"]
        if not being:
            return
        verb = being[0]
        start, end = c.sentences[c.sentence_of[i]]
        named = [k for j in c.children[i] if c.deps[j] == "prep" for k in c.children[j] if k in self.event_at]
        event = self.event_at[named[0]] if named else self._occasion(i)
        if event is None:
            return
        told = subject(c, verb)
        if i < verb:
            agents = self.who.in_region(verb + 1, end)
        else:
            agents = self.who.subject_agents(verb) if told else self.who.in_region(start, verb)
        yield from self.stated(verb, agents, "attended", event, "present")

    def _inverted(self, i: int) -> bool:
        """ "Also present were ...": what is said of them stands first."""
        return self.c.lower[i + 1 : i + 2] in (["were"], ["was"])

    def _also_there(self, i: int) -> Iterator[Part[E]]:
        """ "Also attending were A and B"; "also in attendance was C"; "joining the talks were D and E"."""
        c = self.c
        start, end = c.sentences[c.sentence_of[i]]
        being = next((j for j in range(i + 1, min(i + 7, end)) if c.lower[j] in {"were", "was"}), None)
        opens = all(c.lower[j] in {"also", "in", "among", "those", "others"} for j in range(start, i))
        if being is None or not opens or c.words[being + 1 : being + 2] == [","]:
            return
        named = [j for j in range(i, being) if j in self.event_at]
        event = self.event_at[named[0]] if named else self._occasion(i)
        kind = "spokeAt" if c.lower[i] in {"speaking", "addressing"} else "attended"
        kind = "participatedIn" if c.lower[i] in {"joining", "participating"} else kind
        if event is not None:
            agents = self.who.in_region(being + 1, end)
            yield from self.stated(being, agents, kind, event, f"{c.lower[i]} were")

    def _participation_of(self, i: int) -> Iterator[Part[E]]:
        """ "The panel was held with the participation of A and B"."""
        c = self.c
        verb = verb_over(c, i)
        told = subject(c, verb) if verb is not None else None
        event = self.event_at.get(told[0]) if told else None
        event = self._occasion(i) if event is None else event
        if verb is not None and event is not None:
            first = [key for j in c.children[i + 1] for key in self.who.agents(j)]
            agents = first + self.who.in_region(i + 2, self.who.object_region(i)[1])
            yield from self.stated(verb, list(dict.fromkeys(agents)), "participatedIn", event, "participation of")

    def _given_by(self, i: int) -> Iterator[Part[E]]:
        """ "The keynote lecture of the forum was given by A": A spoke there."""
        c = self.c
        verb = c.heads[i]
        if c.lemmas[verb] not in word_class("delivering"):
            return
        named = [
            self.event_at[k] for j in c.children[i] if c.deps[j] == "prep" for k in c.children[j] if k in self.event_at
        ]
        event = named[0] if named else self._occasion(i)
        if event is not None:
            yield from self.stated(verb, self._by(verb), "spokeAt", event, f"{c.lower[i]} given by")

    def _honoured(self, i: int) -> Iterator[Part[E]]:
        """ "Best actor went to A", "the silver medal going to B", "C received the award": they were in the contest."""
        c = self.c
        verb = i if c.pos[i] == "VERB" else c.heads[i]
        if c.lemmas[verb] == "go":
            won = [j for j in c.children[verb] if c.deps[j] in {"nsubj", "dep"}]
            said = {c.lower[k] for j in won for k in (j, *c.children[j])}
            goals = [k for j in c.children[verb] if c.lower[j] == "to" for k in c.children[j]]
            if verb == i and said & (word_class("honours") | {"best"}):
                lists = [key for k in goals for key in self.who.agents(k, places=True)]
                more = self.who.in_region(goals[0], self.who.object_region(goals[0])[1]) if goals else []
                yield from self._at_occasion(verb, list(dict.fromkeys(lists + more)), "participatedIn", i, "honoured")
        elif c.deps[i] == "dobj" and c.lemmas[verb] in {"receive", "win", "claim", "take", "collect", "accept"}:
            named = any(k in self.event_at for j in c.children[verb] if c.deps[j] == "prep" for k in c.children[j])
            if not named:
                yield from self._at_occasion(verb, self.who.subject_agents(verb), "participatedIn", i, "won a prize")

    def _researching(self, i: int) -> Iterator[Part[E]]:
        """ "A team from A and B has analysed ..."; "co-author C": they took part in the study of the article."""
        c = self.c
        studies = {event for event in self.event_at.values() if self.types[event] == "research"}
        if len(studies) != 1 or i in self.said:
            return
        study = next(iter(studies))
        agents: list[str] = []
        if c.lower[i] in {"coauthor", "co-author", "author"}:
            agents = [
                key
                for j in (c.heads[i], *c.children[i])
                if c.deps[j] in {"appos"} or c.heads[i] == j
                for key in self.who.agents(j)
            ]
            agents += [key for first, _, key in self.who.people if first == i + 1]
        elif c.deps[i] in {"nsubj", "nsubjpass"}:
            verb = c.heads[i]
            at = [j for j in c.children[i] if c.lower[j] in {"from", "at", "of"}]
            if at and c.lemmas[verb] in word_class("finding"):
                agents = [
                    key for first, stop, key in self.who.bodies if at[0] < first < verb and not self.who.modifies(stop)
                ]
        for agent in dict.fromkeys(agents):
            yield Part(agent, "participatedIn", study, i, f"{c.lower[i]} of the study")

    def _before_audience(self, i: int) -> Iterator[Part[E]]:
        """ "A addressed the crowd", "B told the delegates": at the occasion or protest spoken of."""
        c = self.c
        verb = c.heads[i]
        if c.lemmas[verb] not in {"address", "tell"} or not any(c.lower[j] == "the" for j in c.children[i]):
            return
        protests = [h for h in self.event_at if h < i and self.types[self.event_at[h]] == "protest"]
        event = self.event_at[max(protests)] if protests else self._occasion(i)
        if event is not None:
            yield from self.stated(verb, self.who.subject_agents(verb), "spokeAt", event, f"before the {c.lower[i]}")

    def _harmed(self, i: int) -> Iterator[Part[E]]:
        """ "The dead were identified as A, B and C": in the only accident or attack told of."""
        c = self.c
        verb = c.heads[i]
        events = {e for e in self.event_at.values() if self.types[e] in {"accident", "attack", "disaster"}}
        told = {self.event_at[h] for h in self.event_at if h < i and self.event_at[h] in events}
        if c.lemmas[verb] in word_class("naming_people") and len(told) >= 1:
            first = min((h for h in self.event_at if self.event_at[h] in told), default=None)
            if first is not None:
                names = self.who.in_region(verb + 1, self.who.object_region(verb)[1])
                yield from self.stated(verb, names, "participatedIn", self.event_at[first], f"named as {c.lower[i]}")

    def _performed(self, verb: int) -> Iterator[Part[E]]:
        """ "A performed with B": at the festival or ceremony spoken of."""
        c = self.c
        named = any(k in self.event_at for j in c.children[verb] for k in (j, *c.children[j]))
        event = None if named else self._occasion(verb)
        if event is not None and self.types[event] in {"festival", "ceremony"}:
            agents = [*self.who.subject_agents(verb), *self._with(verb)]
            yield from self.stated(verb, agents, "participatedIn", event, c.lemmas[verb])

    def _took_part(self, i: int) -> Iterator[Part[E]]:
        """ "A took part by video link": in the occasion spoken of."""
        c = self.c
        verb = c.heads[i]
        if not any(c.lower[j] == "in" for k in (i, verb) for j in c.children[k]):
            yield from self._at_occasion(verb, self.who.subject_agents(verb), "participatedIn", i, "took part")

    def _own_speech(self, i: int) -> Iterator[Part[E]]:
        """ "In her speech she stressed ...": she spoke at the occasion of the article."""
        c = self.c
        if c.deps[i] != "pobj" or c.lower[c.heads[i]] not in {"in", "during"}:
            return
        verb = c.heads[c.heads[i]]
        if c.pos[verb] == "VERB":
            yield from self._at_occasion(verb, self.who.subject_agents(verb), "spokeAt", i, f"own {c.lower[i]}")

    def _occasion(self, i: int) -> E | None:
        """The occasion last spoken of before token ``i``; further back than three sentences only the sole one."""
        before = [h for h in self.event_at if h < i and h not in self.said]
        heads = [h for h in before if self.types[self.event_at[h]] in OCCASIONS]
        heads = heads or [h for h in before if self.types[self.event_at[h]] == "meeting"]
        if not heads:
            return None
        last = max(heads)
        near = self.c.sentence_of[i] - self.c.sentence_of[last] <= 3
        return self.event_at[last] if near or len({self.event_at[h] for h in heads}) == 1 else None
