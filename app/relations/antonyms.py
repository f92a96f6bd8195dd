"""The lexicon of opposites: axes such as acceptance or life, each with poles that exclude one another.

Two statements that stand at different poles of one axis, about the same thing, part; at the same pole they agree, however they word it.
A phrase is matched by the stems of its words, in a row; "=backed" matches only that form (so that the adverb "back" does not count).

Source: written for this project from the vocabulary of news reports.
"""

from functools import lru_cache

from app.relations.words import Word, stem

# axis -> pole -> phrases, separated by commas.
AXES: dict[str, dict[str, str]] = {
    "direction": {
        "up": """rise, increase, climb, jump, grow, gain, surge, soar, swell, go up, put up, raise, higher, up from, accelerate,
        mount, push up, edge up,
            add to, hike, expand, spike, leap, moved upward, =upward, quicken, put the ceiling up, =stronger, =dearer, pick up speed""",
        "down": """fall, drop, decline, decrease, sink, slip, slide, tumble, plunge, shrink, lower, go down, come down, reduce, cut,
        slash, cool, ease, trim, slow,
            slump, contract, dip, recede, weaker, shed, =downward, dwindle, =cheaper, down from, slow down, bring down, =weakened""",
        "flat": """unchanged, stay where it be, stay put, hold steady, left untouched, leave alone, =flat, stay the same, keep at, as
        it was, remain at, stay at,
            same as before, stand still, not move, frozen""",
    },
    "acceptance": {
        "yes": """accept, approve, endorse, adopt, agree to, agree, vote for, vote yes, say yes, =backed, =backs, give the green
        light, green light, green-light, ratify,
            sign off, back the, give its back, give it bless, in favour, in favor, sanction the, consent, pass the bill, clear the, go
            ahead, uphold, wave through""",
        "no": """reject, refuse, turn down, turned down, dismiss, spurn, decline to, vote against, vote down, voted down, say no,
        veto, throw out, thrown out, rebuff, strike down,
            knock back, rule against, block, defeat the, overturn, oppose, throw it out, balk""",
    },
    "openness": {
        "open": "open, reopen, re-open, passable, lift the barrier, let through, let past, unseal, pass freely, free to pass, unblock",
        "closed": "close, shut, closed to, seal off, sealed, block, blockade, barred, impassable, shutter, may enter, turn back",
    },
    "guilt": {
        "guilty": "guilty, convict, conviction, find guilty, to blame, condemn, at fault, responsible for",
        "innocent": """innocent, acquit, acquittal, cleared of, clear, exonerate, not guilty, found not guilty, blameless, absolve,
            walk free from court""",
    },
    "life": {
        "alive": "alive, survive, survivor, live on, unharmed, unhurt, rescue, in good health",
        "dead": "dead, die, kill, death, perish, lose his life, lose her life, lose their life, drown",
    },
    "beginning": {
        "on": """resume, restart, begin, start, continue, carry on, go ahead, prolong, extend, keep up, still on, proceed,
            extended, remain in force, renew, stay bound, go on""",
        "off": """call off, end, stop, halt, suspend, cancel, abandon, scrap, be over, break off, come to an end, scrapped, finish,
        quit, withdraw from, pull out of, drop, expire, shelve,
            abort, go back to work, cease, walk away""",
    },
    "outcome": {
        "won": "win, victory, =beat, =beats, defeat, triumph, winner, win over, prevail",
        "lost": "lose, loser, concede, =beaten, trail",
    },
    "success": {
        "success": """succeed, success, successful, =works, =worked, on target, hit its target, smooth, reach orbit, trouble-free, intact,
            safely, without a hitch, safe, flawless""",
        "failure": """fail, failure, unsuccessful, miss its target, go wrong, break down, crash, explode, wide of the mark, botch,
            bungle, burst, abort, miss, collapse""",
    },
    "permission": {
        "allowed": "allow, permit, let, legalise, legalize, lawful, legal, license, licence, authorise, authorize, lift the ban, entitle",
        "banned": "ban, prohibit, forbid, outlaw, bar from, illegal, unlawful, revoke, disallow, prevent from, block",
    },
    "liberty": {
        "held": "arrest, detain, jail, imprison, hold in custody, in custody, remand, behind bars, captive, handcuff, lock up, capture",
        "free": "release, free, at large, on the run, set free, escape, walk free, bail, let go, go free, flee, get away",
    },
    "keeping": {
        "kept": "keep, retain, preserve, stand by, stick with, hold on to",
        "gone": "remove, give up, abolish, repeal, withdraw, discard, get rid of, do away, ditch, axe",
    },
    "leaving": {
        "quit": """resign, step down, quit, leave of her own, leave of his own, stand down, resignation, walk away, by choice,
            own accord, voluntarily""",
        "sacked": "fire, sack, be dismissed, oust, force out, push out, remove from office, throw out, kick out, show the door",
    },
    "support": {
        "for": "support, back the, welcome, favour, favor, side with, defend, praise, hail, applaud, cheer, embrace",
        "against": "oppose, resist, condemn, criticise, criticize, denounce, attack, slam, protest against, object to, deplore, boo",
    },
    "trade": {
        "buy": "buy, purchase, acquire, take over, bought, snap up",
        "sell": "sell, sale of, divest, sold, dispose of, offload",
    },
    "truth": {
        "true": "true, genuine, authentic, real, correct, accurate, untouched, not tampered with",
        "false": """false, fake, forge, forgery, untrue, fabricate, doctor, hoax, bogus, tamper, invented, stitched together,
            baseless, groundless""",
    },
    "intent": {
        "meant": "deliberate, intentional, on purpose, deliberately, intentionally, premeditated, planned, knowing, knowingly",
        "chance": """accident, accidental, accidentally, by mistake, inadvertent, inadvertently, unintentional, mistake, mix-up,
            unwitting, honest mistake""",
    },
    "knowledge": {
        "known": """know of, aware of, was told, were told, warn, inform, notify, know about, aware, was warned, show my boss, be
            tell, put on notice""",
        "unknown": """unaware, in the dark, ignorant, no idea, learn from the press, never told, unsuspecting, kept in the dark,
            hear nothing, no inkling""",
    },
    "health": {
        "safe": "safe, harmless, clean, uncontaminated, drinkable, within the limit, below the limit, clear of",
        "harmful": "unsafe, dangerous, contaminate, taint, toxic, poison, polluted, exceed the limit, above the limit, hazard",
    },
    "agreement": {
        "unanimous": "unanimous, unanimously, without dissent, to a man, no dissent, as one",
        "split": "=divided, split, by a majority, dissented, narrow majority",
    },
    "secrecy": {
        "public": "public, publicly, open court, on the record, openly, televised, in the open",
        "secret": "secret, secretly, behind closed doors, private, privately, covert, confidential, in camera",
    },
    "side": {"left": "=left bank, port side, west, western, westbank, =western", "right": "right bank, starboard, east, eastern"},
    "compass": {"north": "north, northern, northward", "south": "south, southern, southward"},
    "switch": {
        "on": "switched on, turned on, turn on, switch on, running, on all night, up and run, power up",
        "off": "switched off, turned off, turn off, switch off, go dark, powered down, not running, disable, out of order",
    },
    "presence": {
        "there": "present, attend, be there, took part, take part, turn up, show up, on board, come in person",
        "away": "absent, stay away, boycott, miss the, skip, snub, elsewhere, not attend, no-show",
    },
    "pace": {
        "early": "early, ahead of schedule, on time, bring forward, brought forward",
        "late": "late, delay, behind schedule, postpone, put off, put back, push back, defer",
    },
    "confirm": {
        "confirm": "confirm, admit, acknowledge, concede that, plead guilty, confess, own up, plead guilt",
        "deny": "deny, reject the claim, reject the allegation, dispute, contest, refute, plead not guilty, disavow, rebut",
    },
    "payment": {
        "paid": "pay, paid, foot the bill, hand over, cough up, treat to, shell out",
        "unpaid": "unpaid, not one cent, not a cent, free of charge, no ransom, at no cost, out of my own pocket, default",
    },
    "fullness": {
        "whole": "in full, made whole, whole, every last, entirely, all of",
        "part": "in part, partial, partly, only part, a slice, some of",
    },
    "contract": {
        "permanent": "permanent, permanently, for good, permanent deal",
        "temporary": "temporary, on loan, interim, provisional, temporarily, for now",
    },
    "weather": {
        "clear": "visibility was fine, clear weather, clear skies, clear visibility, fine weather",
        "thick": "thick fog, fog, poor visibility, zero visibility, mist",
    },
    "speed": {
        "fast": "swift, swiftly, quick, quickly, fast, prompt, promptly, rapid, rapidly",
        "slow": "slow, slowly, sluggish, tardy, belated",
    },
    "candour": {"open": "transparent, transparently, candid, frank, upfront", "closed": "secretive, opaque, evasive, cagey, cover-up"},
    "peace": {
        "peace": "peaceful, peacefully, calm, restraint, restrained",
        "violence": "violent, violently, violence, brutal, brutally, heavy-handed, excessive force",
    },
}

# Axes whose poles both belong to one course of events ("was arrested and later released"): they part statements less surely.
SOFT_AXES = frozenset(
    {
        "success",
        "life",
        "liberty",
        "beginning",
        "health",
        "support",
        "payment",
        "pace",
        "keeping",
        "outcome",
        "knowledge",
        "fullness",
        "side",
        "compass",
    }
)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]:
    table: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for axis, poles in AXES.items():
        for pole, listed in poles.items():
            for phrase in listed.split(","):
                parts = tuple(p if p.startswith("=") else stem(p) for p in phrase.split())
                if parts:
                    table.setdefault(parts[0], []).append((parts, axis, pole))
    return {first: tuple(sorted(set(rows), key=lambda row: (-len(row[0]), row))) for first, rows in table.items()}


# A verb's particle may stand behind its object: "turned the offer down".
_PARTICLES = frozenset(["down", "up", "off", "out", "back", "over", "through"])
_OBJECT_WORDS_AT_MOST = 4


def _reaches(tokens: tuple[Word, ...], start: int, particle: str) -> int | None:
    """How many words from a verb to its particle behind an object, both counted; None where no such particle stands."""
    for at in range(start + 2, min(len(tokens), start + 2 + _OBJECT_WORDS_AT_MOST)):
        word = tokens[at]
        if tokens[at - 1].mark or tokens[at - 1].text.lower() in _PARTICLES or tokens[at - 1].text.lower() in ("to", "and", "or"):
            return None
        if word.text.lower() == particle:
            following = tokens[at + 1] if at + 1 < len(tokens) else None
            return at + 1 - start if following is None or following.mark or following.stop else None
    return None


def poles_at(tokens: tuple[Word, ...], start: int) -> list[tuple[str, str, int]]:
    """The (axis, pole, words used) that begin at `tokens[start]`; the longest phrase of each axis. Empty for an ordinary word."""
    table = _phrases()
    seen: dict[str, tuple[str, int]] = {}
    word = tokens[start]
    for first in (word.stem, "=" + word.text.lower()):
        for parts, axis, pole in table.get(first, ()):
            fits = start + len(parts) <= len(tokens) and all(
                tokens[start + k].text.lower() == part[1:] if part.startswith("=") else tokens[start + k].stem == part
                for k, part in enumerate(parts)
            )
            used = len(parts) if fits else None
            if used is None and len(parts) == 2 and parts[1] in _PARTICLES:
                used = _reaches(tokens, start, parts[1])
            if used is not None and used > seen.get(axis, ("", 0))[1]:
                seen[axis] = (pole, used)
    return [(axis, pole, used) for axis, (pole, used) in seen.items()]
