"""`python -m bench`: measures the goals and writes them on top of docs/benchmarks.md; its commands write sections of their own."""

import argparse
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bench import flat, goals, growth, limit, many, million, pages, pgvector, polling, scaling, serving, stream
from bench.corpus import postable
from bench.groups import FULL, GROUPS, QUICK, Asked, measured
from bench.report import described, measured_on, section, with_first

HEADING = "Goals"
# Each writes a section of its own.
_COMMANDS = {
    "steps": limit,
    "extraction": stream,
    "polling": polling,
    "serving": serving,
    "million": million,
    "pages": pages,
    "many": many,
    "pgvector": pgvector,
    "flat": flat,
    "growth": growth,
    "scaling": scaling,
}
_ROOT = Path(__file__).resolve().parent.parent
_REPORT = _ROOT / "docs" / "benchmarks.md"
# Quick figures are a look: they never take the place of full ones.
_QUICK_REPORT = _ROOT / "build" / "benchmarks-quick.md"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs what the arguments ask for; 0 when all of it was measured and meets its goals."""
    asked = _parser().parse_args(arguments)
    if asked.what is not None:
        return int(_COMMANDS[asked.what].run(asked))
    load_at_start, began = os.getloadavg()[0], time.perf_counter()
    report = asked.report or (_QUICK_REPORT if asked.quick else _REPORT)
    before = report.read_text(encoding="utf-8") if report.exists() else ""
    sizes = QUICK if asked.quick else FULL
    run = Asked(postable(asked.articles, sizes.articles, asked.seed), sizes, asked.articles, asked.sts, asked.seed)
    found: dict[str, Sequence[goals.Row]] = {}
    failed = []
    for name, group in GROUPS.items():
        if name in asked.without or (asked.only and name not in asked.only):
            continue
        outcome = measured(group, run)
        print(f"{name}: {outcome.seconds:.0f} s", flush=True)
        for row in outcome.rows:
            print(f"  {goals.printed(row)}", flush=True)
        if outcome.error:
            failed.append(name)
            print(f"  not measured: {outcome.error}", file=sys.stderr, flush=True)
        else:
            found[name] = outcome.rows
    took = time.perf_counter() - began
    command = _command(asked)
    lines = goals.table(found, goals.lines_of(section(before, HEADING)), list(GROUPS))
    machine = [*measured_on(load_at_start), f"- Corpus: {described(run.corpus)}", f"- Took: {took / 60:.1f} minutes"]
    text = section_of(lines, command, machine)
    print(text)
    report.parent.mkdir(parents=True, exist_ok=True)
    texts = [text]
    if not asked.only and "steps" not in asked.without:
        texts.append(limit.measured_section(run.corpus.articles[: limit.WARM_UP_ARTICLES + sizes.step_articles], run.corpus.name, command))
        print(texts[-1])
    elif kept := section(before, limit.HEADING):
        texts.append(kept)
    report.write_text(with_first(before, texts), encoding="utf-8")
    print(f"written: {report}")
    missed = goals.shortfalls(found)
    for row in missed:
        print(goals.printed(row), file=sys.stderr)
    return 1 if missed or failed else 0


def section_of(lines: Sequence[str], command: str, machine: Sequence[str]) -> str:
    """The goals as Markdown, heading first."""
    return "\n".join(
        [
            f"## {HEADING}",
            "",
            f"Written by `{command}`; do not edit. Every ratio is taken in turns with its peer, in the same run on the same machine, and",
            "is the median of its turns. A line that was not measured in that run says so.",
            "",
            *lines,
            "",
            *machine,
        ]
    )


def _command(asked: argparse.Namespace) -> str:
    """What was asked, without the folders of the machine it was asked on."""
    parts = ["python -m bench"]
    for name, value in vars(asked).items():
        if name in ("report", "what") or not value:
            continue
        if isinstance(value, list):
            parts += [f"--{name} {one}" for one in value]
        else:
            parts.append(f"--{name}" if value is True else f"--{name} {value.name if isinstance(value, Path) else value}")
    return " ".join(parts)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes, in under three minutes: a look, not a figure to quote")
    parser.add_argument("--only", action="append", default=[], choices=list(GROUPS), help="this group of rows; the others are kept")
    parser.add_argument(
        "--without", action="append", default=[], choices=[*GROUPS, "steps"], help="not this group: its rows are kept from the last run"
    )
    parser.add_argument(
        "--articles", type=Path, metavar="FILE.jsonl[.gz]", help="real articles (outlet, url, date, title, text); synthetic without"
    )
    parser.add_argument("--sts", type=Path, metavar="FILE.jsonl[.gz]", help="sentence pairs (a, b, score) the encoder is held against")
    parser.add_argument("--seed", type=int, default=1, help="of the articles and of what is drawn")
    parser.add_argument("--report", type=Path, help=f"where the table goes; {_REPORT.name}, or {_QUICK_REPORT.name} with --quick")
    commands = parser.add_subparsers(dest="what", metavar="|".join(_COMMANDS))
    for name, command in _COMMANDS.items():
        command.add_parser(commands.add_parser(name, description=command.__doc__, help=command.HEADING), _REPORT)
    return parser


if __name__ == "__main__":
    sys.exit(main())
