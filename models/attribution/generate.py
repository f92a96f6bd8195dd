"""Writes news stories with known attributions, of the kinds that PolNeAR (US politics) has few of.

    python -m models.attribution.generate --articles 300 --seed 7 --to generated.jsonl.gz

Wire style with datelines and credits, outlets quoted through outlets, statements, posts, anonymous sources, reports with nobody named,
names from all over. Spans follow PolNeAR's conventions: a source is the whole noun phrase with its relative clauses and appositions, the
addressee of "told" belongs to no span, "that" and quotation marks belong to the content, so does the full stop before a closing mark.
"""

import argparse
import gzip
import json
import random
import re
from pathlib import Path
from typing import Any

from models.attribution.fiction import Story, capitalised

# <S1 …> <Q1 …> <K1 …> mark source, cue and content of attribution 1 (and of 2 where a source serves two: <S12 …>).
_FRAMES = {
    8: ["<K1 {C}>, <S1 {s}> <Q1 said>{w}.", "<S1 {S}> <Q1 said>{w} <K1 that {c}>.", "<S1 {S}> <Q1 said> <K1 {c}>."],
    5: [
        "<K1 “{q},”> <S1 {s}> <Q1 {said}>{w}.",
        "<K1 “{q},”> <Q1 said> <S1 {s}>.",
        "<K1 “{q},”> <S1 {s}> <Q1 {said}>. <K1 “{q}.”>",
        "<K1 {C}>, <Q1 according to> <S1 {s}>.",
        "<Q1 According to> <S1 {s}>, <K1 {c}>.",
        "<S1 {A}> <Q1 told> {o} <K1 that {c}>.",
        "<K1 {C}>, <S1 {a}> <Q1 told> {o}{w}.",
        "<K1 “{q},”> <S1 {s}> <Q1 told> {o}{w}.",
        "<S1 {O}> <Q1 reported>{w} <K1 that {c}>.",
        "<K1 {C}>, <S1 {o}> <Q1 reported>{w}.",
        "<Q1 According to> <S1 {o}>, <K1 {a} said that {c}>.",
        "<K1 {C}>, <S1 {a} quoted by {o}> <Q1 said>.",
    ],
    3: [
        "<S12 {O}>, <Q1 citing> <K1 {a}>, <Q2 reported> <K2 that {c}>.",
        "<K1 {C}>, <S12 {o}> <Q1 reported>{w}, <Q2 citing> <K2 {a}>.",
        "<S1 {A}, quoted by {o},> <Q1 said> <K1 {c}>.",
        "<S1 {S}> <Q1 was quoted> by {o} <Q1 as saying> <K1 that {c}>.",
        "<S1 {S}> <Q1 was quoted as saying> <K1 “{q}.”>",
        "<K1 {C}>, <S1 {s}> <Q1 said in a statement>{w}.",
        "In a statement, <S1 {b}> <Q1 said> <K1 {c}>.",
        "<K1 “{q},”> <S1 a statement from {b}> <Q1 said>.",
        "<S1 {P}> <Q1 wrote> on X: <K1 “{q}.”>",
        "<K1 “{q},”> <S1 {p}> <Q1 posted> on Telegram.",
        "<S1 {P}> <Q1 said in a post> on social media <K1 that {c}>.",
        "<S1 {P}> <Q1 tweeted>: <K1 “{q}.”>",
        "It <Q1 was reported> {W} <K1 that {c}>.",
        "<Q1 Reportedly>, <K1 {c}>.",
        "It <Q1 emerged> {W} <K1 that {c}>.",
        "{W_}, it <Q1 was reported> <K1 that {c}>.",
        "<Q1 According to> <S1 reports>, <K1 {c}>.",
        "<S1 {D}> <Q1 showed> <K1 that {c}>.",
        "<K1 {C}>, <S1 {d}> <Q1 said>.",
        "<S1 {S}> <Q1 denied> <K1 that {c}>.",
        "<S1 {B}> <Q1 declined> <K1 to comment>.",
        "<S1 {S}> <Q1 confirmed>{w} <K1 that {c}>.",
        "<S1 {A}> <Q1 said> <K1 {c}>, <Q2 adding> <K2 that {c}>.",
        "<S1 {S}> <Q1 added> <K1 that {c}>.",
        "<S1 {O}> <Q1 has learned> <K1 that {c}>.",
        "<S1 {O}> <Q1 quoted> {a} <Q1 as saying> <K1 that {c}>.",
        "<K1 {C}>, <S1 {o}> <Q1 said>{w}.",
        "<S1 {S}> <Q1 warned>{w} <K1 that {c}>.",
        "<S1 {A}> <Q1 claimed> <K1 {c}>.",
        "<S1 {B}> <Q1 put> <K1 the number of {g} at {n}>.",
        "<S1 {P}> <Q1 told> reporters{w}: <K1 “{q}.”>",
    ],
    2: [
        "<S1 {S}> <Q1 described> <K1 {t} as “{quality}”>.",
        "<S1 {S}> <Q1 called> <K1 {t} “{quality}”>.",
        "<S1 {B}> <Q1 says> <K1 {c}>.",
        "Asked about {t}, <S1 {p}> <Q1 said>: <K1 “{q}.”>",
        "<S1 {S}> <Q1 insisted> <K1 that {c}>, but <S2 {a}> <Q2 said> <K2 {c}>.",
        "<K1 “{q},”> <S1 one of them> <Q1 said>.",
        "<K1 {C}>, <S1 the agency> <Q1 said>, <Q2 quoting> <K2 {a}>.",
    ],
}
_CREDITS = [
    "(Reporting by {x} in {place}; Editing by {x})",
    "(Reporting by {x} and {x}; writing by {x})",
    "By {x}",
    "By {x}, {o}",
    "{o} and agencies",
    "Additional reporting by {x}.",
    "Read more: {c}",
    "Photo: {x}/{o}",
    "Sign up for our newsletter.",
    "Follow {o} for updates.",
    "© {o}. All rights reserved.",
]
_MARK = re.compile(r"<([SQK])(\d+) ")
_NAMES = {"S": "source", "Q": "cue", "K": "content"}
_SAID = ["said", "said", "said", "added", "told reporters", "says", "explained", "wrote", "warned"]


def source(story: Story, kinds: str = "pppbba") -> str:
    """A speaker's noun phrase, as it stands inside a sentence."""
    kind = story.pick(list(kinds))
    if kind == "b":
        return story.pick(
            [story.word("bodies"), f"a spokesman for {story.word('bodies')}", f"{story.word('bodies')} in {story.word('places')}"]
        )
    if kind == "a":
        return story.word("anonymous")
    person = story.person()
    office = story.word("offices")
    return story.pick(
        [
            person,
            person.split()[-1],
            f"{story.word('titles')} {person}",
            f"{office[0].upper()}{office[1:]} {person}",
            f"{person}, the {office},",
            f"{person}, {_article(office)} {office} in {story.word('places')},",
            story.pick(["he", "she", "they"]),
            f"{story.word('bodies')} spokeswoman {person}".removeprefix("the "),
            f"the {office}",
        ]
    )


def _article(noun: str) -> str:
    return "an" if noun[0].lower() in "aeiou" else "a"


def slot(story: Story, name: str) -> str:
    """What a frame's {slot} becomes; capital names begin a sentence."""
    match name:
        case "c" | "C":
            return capitalised(story.clause()) if name == "C" else story.clause()
        case "q":
            return story.spoken()
        case "s" | "S":
            return capitalised(source(story)) if name == "S" else source(story)
        case "a" | "A":
            return capitalised(story.word("anonymous")) if name == "A" else story.word("anonymous")
        case "p" | "P":
            return capitalised(source(story, "p")) if name == "P" else source(story, "p")
        case "b" | "B":
            return capitalised(story.word("bodies")) if name == "B" else story.word("bodies")
        case "o" | "O":
            return capitalised(story.word("outlets")) if name == "O" else story.word("outlets")
        case "d" | "D":
            words = story.fill(story.word("documents"))
            return capitalised(words) if name == "D" else words
        case "w":
            return f" {story.when()}" if story.chance.random() < 0.4 else ""
        case "W" | "W_":
            return capitalised(story.when()) if name == "W_" else story.when()
        case "said":
            return story.pick(_SAID[:4] + _SAID[5:])
        case "x":
            return story.person()
        case "t":
            return story.fill("{thing}")
        case "g":
            return story.fill("{group}")
        case _:
            return story.fill("{" + name + "}")


def sentence(story: Story) -> str:
    """One attributing sentence, still marked up."""
    weights = [weight for weight, frames in _FRAMES.items() for _ in frames]
    frame = story.chance.choices([frame for frames in _FRAMES.values() for frame in frames], weights)[0]
    return re.sub(r"\{(\w+)\}", lambda match: slot(story, match.group(1)), frame)


def article(chance: random.Random, number: int) -> dict[str, Any]:
    """One row as `models.attribution.examples.read` takes it."""
    story = Story(chance)
    paragraphs: list[list[str]] = [[capitalised(story.clause())]] if chance.random() < 0.7 else []
    if chance.random() < 0.3:
        paragraphs.append([credit(story)])
    for index in range(chance.randint(4, 12)):
        sentences = [sentence(story) if chance.random() < 0.75 else story.narrative() for _ in range(chance.choice([1, 1, 2, 3]))]
        lead = [f"{story.word('places').upper()} ({story.word('outlets')}) —"] if index == 0 and chance.random() < 0.4 else []
        paragraphs.append([*lead, *sentences])
    if chance.random() < 0.5:
        paragraphs.append([credit(story)])
    text = ""
    attributions: list[dict[str, Any]] = []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        straight = chance.random() < 0.5
        for index, marked in enumerate(paragraph):
            text += " " if index else ""
            plain, found = unmark(_straight(tidy(marked)) if straight else tidy(marked), len(text))
            text += plain
            attributions += found
    return {"id": f"generated_{number}", "text": text, "attributions": attributions}


def credit(story: Story) -> str:
    """A line that attributes nothing: a byline, an agency's credit, a call to read more."""
    return re.sub(r"\{(\w+)\}", lambda match: slot(story, match.group(1)), story.pick(_CREDITS))


def tidy(marked: str) -> str:
    """The sentence without marks doubled where an apposition's comma meets another comma or the full stop."""
    marked = marked.replace(",,>", ",>").replace(",>,", ",>").replace(",, ", ", ")
    return re.sub(r",(>?)\.$", r"\1.", marked)


def _straight(text: str) -> str:
    return text.translate(str.maketrans("“”’", '""\''))


def unmark(marked: str, offset: int) -> tuple[str, list[dict[str, Any]]]:
    """One sentence without its marks, and its attributions with spans counted from `offset`."""
    plain = ""
    opened: list[tuple[str, str, int]] = []
    parts: dict[str, dict[str, list[list[int]]]] = {}
    position = 0
    while position < len(marked):
        match = _MARK.match(marked, position)
        if match:
            opened.append((match.group(1), match.group(2), len(plain)))
            position = match.end()
        elif marked[position] == ">" and opened:
            kind, numbers, begin = opened.pop()
            for number in numbers:
                parts.setdefault(number, {}).setdefault(_NAMES[kind], []).append([offset + begin, offset + len(plain)])
            position += 1
        else:
            plain += marked[position]
            position += 1
    rows = [{role: [{"spans": roles[role]}] if role in roles else [] for role in _NAMES.values()} for roles in parts.values()]
    return plain, rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--to", type=Path, required=True)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with gzip.open(options.to, "wt", encoding="utf-8") as out:
        for number in range(options.articles):
            print(json.dumps(article(chance, number), ensure_ascii=False), file=out)


if __name__ == "__main__":
    main()
