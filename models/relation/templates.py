"""Pairs from templates with invented names: what no public set has, each family in many wordings."""

import random
from collections.abc import Callable, Iterator

from models.relation.corruptions import spelled
from models.relation.pairs import AGREE, DIVERGE, EARLY, LATE, UNRELATED, UPDATE, Example

_PLACES = [
    "Vostrana",
    "Kelmouth",
    "Arberry",
    "Osmarra",
    "Quillon",
    "Brasnik",
    "Halvasta",
    "Jorvalia",
    "Lorrimar",
    "Maribent",
    "Norvaska",
    "Oltenmoor",
    "Ravistock",
    "Sundermeer",
    "Torvinia",
    "Ulmarest",
    "Wexborough",
    "Yarrowby",
    "Zelenhof",
    "Port-Amal",
    "Tashrin",
    "Kivuli",
    "Mbarenda",
    "Saikura",
    "Lin'an-Ko",
    "Caldera-Bay",
    "Santa-Rufina",
]
_PEOPLE = [
    "Mara Ostrander",
    "Idris Belkacem",
    "Tomas Revel",
    "Ines Caldeira",
    "Yusuf Adeyinka",
    "Hana Morishita",
    "Pavel Drozd",
    "Leila Farrokh",
    "Owen Tregarth",
    "Sunita Rao-Pell",
    "Kwabena Osei-Tutu",
    "Greta Lindqvist",
    "Rafael Montoro",
    "Nadia Haddour",
    "Viktor Szalai",
    "Amara Nwosu-Bright",
    "Bao Linh Tran",
    "Esteban Quiroga",
    "Fiona MacAskill",
    "Dmitri Volkonin",
]
_BODIES = [
    "the energy ministry",
    "the port authority",
    "the central bank",
    "the city council",
    "the health agency",
    "Norvale Steel",
    "Brightwater Energy",
    "the transport union",
    "the football federation",
    "the appeals court",
    "the rail operator",
    "the school board",
    "Halden Pharma",
]
_EVENTS = [
    "train crash",
    "factory fire",
    "ferry accident",
    "landslide",
    "market bombing",
    "hotel collapse",
    "mine explosion",
    "bus crash",
    "flood",
    "stampede",
]
_PLANS = [
    "the merger",
    "the new airport",
    "the ceasefire plan",
    "the tax reform",
    "the strike",
    "the pipeline",
    "the stadium project",
    "the trade deal",
    "the hospital closure",
    "the nuclear plant",
    "the pension bill",
    "the fishing quota",
]
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_SUPPORTERS = [
    "the Greens",
    "the Liberals",
    "the Farmers' Party",
    "the Social Democrats",
    "the Unity bloc",
    "the Coastal League",
    "the New Left",
]

Family = Callable[[random.Random], Iterator[tuple[str, str, str, str]]]


def _two(chance: random.Random, pool: list[str]) -> tuple[str, str]:
    one, other = chance.sample(pool, 2)
    return one, other


def _count(number: int, chance: random.Random) -> str:
    words = spelled(number)
    return words if words and (number < 10 or chance.random() < 0.25) else f"{number:,}"


def toll(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Dead and injured: other figures, hedges, tolls that rise, the same number of something else, another place."""
    event, (place, elsewhere) = chance.choice(_EVENTS), _two(chance, _PLACES)
    number = chance.choice((chance.randint(3, 60), chance.randint(3, 60), chance.randint(61, 480)))
    other = number + chance.choice((1, 2, 5, 9, number // 2 + 1, number))
    n = _count(number, chance)

    def say(count: str, where: str = place) -> str:
        return chance.choice(
            (
                f"{count[0].upper()}{count[1:]} people were killed in the {where} {event}.",
                f"The {event} in {where} left {count} dead.",
                f"The death toll of the {where} {event} stands at {count}, rescuers said.",
                f"{where} {event}: {count} dead, officials say",
                f"{count[0].upper()}{count[1:]} people lost their lives when disaster struck in {where}: a {event}.",
                f"Authorities put the number of deaths in the {event} in {where} at {count}.",
            )
        )

    low = number - max(1, number // chance.choice((5, 8, 12)))
    yield say(n), say(n), AGREE, "toll"
    yield say(n), say(_count(other, chance)), DIVERGE, "toll"
    yield say(n), say(f"at least {_count(low, chance)}"), AGREE, "toll-hedge"
    yield say(n), say(f"more than {_count(low, chance)}"), AGREE, "toll-hedge"
    yield say(n), say(f"at least {_count(number + max(2, number // 6), chance)}"), DIVERGE, "toll-hedge"
    yield say(f"about {round(number, -1) or number}"), say(n), (AGREE if number > 20 or number % 10 == 0 else DIVERGE), "toll-round"
    yield say(n), say(n, elsewhere), UNRELATED, "other-place"
    yield say(n), f"{n[0].upper()}{n[1:]} people were injured in the {place} {event}, hospitals said.", UNRELATED, "other-thing"
    yield say(n), f"{n[0].upper()}{n[1:]} people were killed in a {event} in {place} ten years ago.", UNRELATED, "other-time"
    later = chance.choice(
        (
            f"The death toll of the {place} {event} has risen to {_count(other, chance)}.",
            f"Rescuers have recovered more bodies in {place}, bringing the toll of the {event} to {_count(other, chance)}.",
            f"{_count(other, chance).capitalize()} people are now known to have died in the {event} in {place}.",
        )
    )
    yield say(n), later, UPDATE, "toll-rose"
    yield f"Nobody was killed in the {place} {event}, police said.", say(n), DIVERGE, "toll-none"
    yield f"There were no survivors of the {event} in {place}.", f"Several passengers survived the {place} {event}.", DIVERGE, "toll-none"


def contest(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Who beat whom: roles swapped, active and passive, margins."""
    (one, other), place = _two(chance, _PEOPLE), chance.choice(_PLACES)
    what = chance.choice(
        (f"the {place} mayoral race", f"the {place} final", f"the party leadership in {place}", f"the {place} by-election")
    )

    def won(winner: str, loser: str) -> str:
        return chance.choice(
            (
                f"{winner} beat {loser} in {what}.",
                f"{loser} lost to {winner} in {what}.",
                f"{loser} was defeated by {winner} in {what}.",
                f"{winner} has won {what}, with {loser} second.",
                f"{winner.split()[-1]} sees off {loser.split()[-1]} in {what}",
            )
        )

    yield won(one, other), won(one, other), AGREE, "roles"
    yield won(one, other), won(other, one), DIVERGE, "roles"
    yield won(one, other), won(other, one), DIVERGE, "roles"
    yield won(one, other), f"{one} and {other} tied in {what}, and a second round will be held.", DIVERGE, "roles"
    yield won(one, other), f"{one} is favourite to beat {other} in {what}, polls suggest.", UNRELATED, "forecast"
    yield won(one, other), f"{other} called {one} to concede {what}.", AGREE, "roles"
    yield won(one, other), f"{one} entered {what} in the spring, a month before {other}.", UNRELATED, "background"
    yield f"{one} accused {other} of taking bribes.", f"{other} was accused by {one} of taking bribes.", AGREE, "passive"
    yield f"{one} accused {other} of taking bribes.", f"{other} accused {one} of taking bribes.", DIVERGE, "roles"


def decision(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Approved or refused: antonyms, denials, double negation, plans against events, certainty, reversals."""
    body, plan, place = chance.choice(_BODIES), chance.choice(_PLANS), chance.choice(_PLACES)
    head = body[0].upper() + body[1:]
    what = f"{plan} in {place}"
    yes, no = chance.choice(
        (
            (("approved", "backed", "gave the green light to", "endorsed"), ("rejected", "turned down", "blocked", "vetoed")),
            (("signed", "agreed to", "accepted", "said yes to"), ("refused", "walked away from", "declined to accept", "dismissed")),
            (("resumed", "restarted", "reopened talks on"), ("suspended", "halted", "froze", "broke off talks on")),
            (("extended", "prolonged"), ("cut short", "ended")),
        )
    )

    def did(verbs: tuple[str, ...]) -> str:
        verb = chance.choice(verbs)
        return chance.choice(
            (
                f"{head} {verb} {what}.",
                f"{head} has {_participle(verb)} {what}, officials said.",
                f"{head} on {chance.choice(_DAYS)} {verb} {what}.",
            )
        )

    yield did(yes), did(yes), AGREE, "decision"
    yield did(no), did(no), AGREE, "decision"
    yield did(yes), did(no), DIVERGE, "antonym"
    yield did(no), did(yes), DIVERGE, "antonym"
    yield did(yes), f"{head} denied that it had {_participle(yes[0])} {what}.", DIVERGE, "denial"
    yield did(yes), f"It is not true that {body} {yes[0]} {what}, a spokesman said.", DIVERGE, "denial"
    yield did(yes), f"It would be wrong to say that {body} has not {_participle(yes[0])} {what}.", AGREE, "double-negation"
    yield did(no), f"It would be wrong to say that {body} has not {_participle(yes[0])} {what}.", DIVERGE, "double-negation"
    yield did(yes), f"{head} will decide next month on {what}.", DIVERGE, "undecided"
    yield did(yes), f"{head} has yet to decide on {what}, a person close to it said.", DIVERGE, "undecided"
    yield did(yes), f"If costs rise again, {body} would have to rethink {what}.", UNRELATED, "conditional"
    yield did(yes), f"Protesters gathered outside as {body} discussed {what}.", UNRELATED, "background"
    yield did(yes), f"Four years ago {body} {no[0]} an earlier version of {what}.", UNRELATED, "other-time"
    yield did(yes), f"{head} has since reversed itself and {no[0]} {what}.", UPDATE, "reversal"
    yield did(no), f"{head} has dropped its objections and now {yes[0]} {what}.", UPDATE, "reversal"
    yield did(yes), f"{head} was expected to be divided over {what}, analysts had said.", UNRELATED, "forecast"
    other = chance.choice([one for one in _BODIES if one != body])
    yield did(yes), f"{other[0].upper()}{other[1:]} {chance.choice(no)} {what}.", UNRELATED, "other-actor"


def _participle(verb: str) -> str:
    first, *rest = verb.split()
    return " ".join(({"gave": "given", "froze": "frozen", "broke": "broken", "walked": "walked"}.get(first, first), *rest))


def measure(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Amounts with units: conversions, unit changes, points against percent, currencies, from and to."""
    place, body = chance.choice(_PLACES), chance.choice(_BODIES)
    head = body[0].upper() + body[1:]
    miles = chance.randint(4, 90)
    km = round(miles * 1.609)
    yield f"The new road to {place} is {miles} miles long.", f"The road built to {place} runs for about {km} kilometres.", AGREE, "units"
    yield f"The new road to {place} is {miles} miles long.", f"The new road to {place} is {miles} kilometres long.", DIVERGE, "units"
    low = chance.randint(2, 9)
    high = low + chance.choice((1, 2, 3))
    rose = f"Unemployment in {place} rose from {low}% to {high}%."
    yield rose, f"Unemployment in {place} stands at {high} percent, up from {low} percent.", AGREE, "rate"
    yield (
        rose,
        f"{place}'s jobless rate climbed by {high - low} percentage point{'s' if high - low > 1 else ''}, to {high}%.",
        AGREE,
        "rate",
    )
    yield rose, f"Unemployment in {place} fell to {low}% from {high}%.", DIVERGE, "rate"
    yield rose, f"Unemployment in {place} stayed at {low}%, unchanged on the month.", DIVERGE, "rate"
    yield rose, f"Youth unemployment in {place} is {high + 9}%, twice the national figure.", UNRELATED, "other-thing"
    cost = chance.randint(12, 95) * 10
    other = cost + chance.choice((50, 120, 300, -80))
    yield f"{head} will spend ${cost} million on it.", f"{head} will spend {cost} million dollars on it.", AGREE, "money"
    yield f"{head} will spend ${cost} million in {place}.", f"{head} is to put ${other} million into {place}.", DIVERGE, "money"
    yield f"{head} will spend ${cost} million in {place}.", f"{head} is to put {cost} billion dollars into {place}.", DIVERGE, "money"
    yield (
        f"{head} will spend ${cost} million in {place}.",
        f"{head} plans to spend more than ${cost - 30} million in {place}.",
        AGREE,
        "money-hedge",
    )
    yield (
        f"{head} will spend ${cost} million in {place}.",
        f"{head} plans to spend nearly ${cost + 4} million in {place}.",
        AGREE,
        "money-hedge",
    )
    yield f"{head} will spend ${cost} million in {place}.", f"{head} made a profit of ${cost} million last year.", UNRELATED, "other-thing"
    share = chance.randint(52, 96)
    yield f"{share}% of voters in {place} backed the plan.", f"More than half of {place}'s voters were in favour.", AGREE, "share"
    yield f"{share}% of voters in {place} backed the plan.", f"Fewer than half of {place}'s voters backed the plan.", DIVERGE, "share"
    yield f"{share}% of voters in {place} backed the plan.", f"{100 - share}% of voters in {place} opposed the plan.", AGREE, "share"
    hours = chance.randint(2, 11)
    yield f"The talks in {place} lasted {hours} hours.", f"Negotiators met in {place} for {hours * 60} minutes.", AGREE, "units"
    yield f"The talks in {place} lasted {hours} hours.", f"The talks in {place} broke up after {hours * 10} minutes.", DIVERGE, "units"


def date(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """When: shifted days, weekdays and months, vaguer dates, and days that only date the telling."""
    person, place, plan = chance.choice(_PEOPLE), chance.choice(_PLACES), chance.choice(_PLANS)
    (day, other), (month, another) = _two(chance, _DAYS), _two(chance, _MONTHS)
    number = chance.randint(2, 26)
    yield f"{person} arrived in {place} on {day}.", f"{person} flew into {place} on {other}.", DIVERGE, "weekday"
    yield f"{person} arrived in {place} on {day}.", f"{day} saw {person} arrive in {place}.", AGREE, "weekday"
    yield (
        f"{person} has arrived in {place}, aides said on {day}.",
        f"{person} has arrived in {place}, a spokesman said on {other}.",
        AGREE,
        "said-when",
    )
    opens = f"{plan[0].upper()}{plan[1:]} takes effect in {place} on {number} {month}."
    yield opens, f"In {place}, {plan} comes into force on {month} {number}.", AGREE, "date"
    yield opens, f"In {place}, {plan} comes into force on {month} {number + chance.randint(1, 3)}.", DIVERGE, "date"
    yield opens, f"In {place}, {plan} comes into force on {number} {another}.", DIVERGE, "date"
    yield opens, f"{plan[0].upper()}{plan[1:]} will take effect in {place} in {month}.", AGREE, "date-vague"
    yield opens, f"{plan[0].upper()}{plan[1:]} in {place} was first proposed on {number} {another}.", UNRELATED, "other-thing"
    yield opens, f"{plan[0].upper()}{plan[1:]} in {place} has been put off and will now start in {another}.", UPDATE, "postponed"


def lists(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """Facts with several members: another order, a part of it, one exchanged, one denied."""
    a, b, c, d = chance.sample(_SUPPORTERS, 4)
    place, plan = chance.choice(_PLACES), chance.choice(_PLANS)
    whole = f"{a[0].upper()}{a[1:]}, {b} and {c} will vote for {plan} in {place}."
    yield whole, f"In {place}, {plan} has the votes of {c}, {a} and {b}.", AGREE, "list"
    yield whole, f"{b[0].upper()}{b[1:]} will support {plan} in {place}.", AGREE, "list"
    yield whole, f"{b[0].upper()}{b[1:]} will vote against {plan} in {place}.", DIVERGE, "list"
    yield whole, f"Only {a} and {b} will vote for {plan} in {place}.", DIVERGE, "list"
    yield whole, f"{d[0].upper()}{d[1:]} opposes {plan} in {place}.", UNRELATED, "list"
    yield whole, f"Of the parties in {place}, {a}, {b} and {d} alone back {plan}.", DIVERGE, "list"


def certainty(chance: random.Random) -> Iterator[tuple[str, str, str, str]]:
    """How sure, who did it, and what became of a person."""
    (person, other), place, body = _two(chance, _PEOPLE), chance.choice(_PLACES), chance.choice(_BODIES)
    head, last = body[0].upper() + body[1:], person.split()[-1]
    left = chance.choice(("resigned as", "stepped down as", "quit as")) + f" head of {body}"
    yield f"{person} has {left}.", f"{last} is no longer in charge of {body}.", AGREE, "person"
    yield f"{person} has {left}.", f"{person} remains head of {body} and has no intention of leaving.", DIVERGE, "person"
    yield f"{person} has {left}.", f"{person} was dismissed as head of {body}.", DIVERGE, "person"
    yield f"{person} has {left}.", f"{other} has {left}.", DIVERGE, "other-person"
    yield f"{person} has {left}.", f"{person} may leave {body} next year, newspapers speculate.", UNRELATED, "plan"
    yield f"{person} plans to leave {body}.", f"{person} has no plans to leave {body}.", DIVERGE, "plan"
    yield f"{person} plans to leave {body}.", f"{person} has left {body}.", UNRELATED, "plan"
    yield (
        f"A short circuit caused the fire at {body}'s office in {place}.",
        f"The blaze at {body}'s {place} office was started deliberately.",
        DIVERGE,
        "cause",
    )
    yield (
        f"A short circuit caused the fire at {body}'s office in {place}.",
        f"Faulty wiring is to blame for the blaze at {body}'s {place} office.",
        AGREE,
        "cause",
    )
    yield (
        f"The cause of the fire at {body}'s office in {place} is not yet known.",
        f"Investigators have established that a short circuit caused the fire at {body}'s office in {place}.",
        UPDATE,
        "cause",
    )
    good, bad = (
        _two(chance, ["a success", "constructive", "generally positive", "encouraging", "fair"])[0],
        chance.choice(("a disaster", "ridiculous", "a waste of time", "a farce", "pointless", "humiliating")),
    )
    yield (
        f"{person} called the {place} talks {good}.",
        f'"{bad.capitalize()}" is how {other} described the talks in {place}.',
        DIVERGE,
        "characterisation",
    )
    yield f"{head} called the {place} talks {good}.", f"The talks in {place} went well, according to {person}.", AGREE, "characterisation"


FAMILIES: tuple[Family, ...] = (toll, contest, decision, measure, date, lists, certainty)


def templated(times: int, seed: int) -> list[Example]:
    """All families, `times` over with other names and figures each time."""
    chance = random.Random(seed)
    return [
        Example(
            a.replace("-", " ") if "Port-" in a else a,
            b.replace("-", " ") if "Port-" in b else b,
            label,
            f"made/{what}",
            "",
            1.0,
            EARLY,
            LATE if label == UPDATE else EARLY,
        )
        for _ in range(times)
        for family in FAMILIES
        for a, b, label, what in family(chance)
    ]
