"""`python -m bench`: runs the comparisons and writes docs/benchmarks.md."""

import argparse
import os
import sys
from pathlib import Path

from bench import many, pages, polling, stream
from bench.comparison import Comparison
from bench.corpus import Corpus, from_file, synthetic
from bench.report import printed, section, with_section, written
from bench.service import ServiceError

# One of so many articles of a repeat is also read for claims alone: extraction's figure settles sooner than the pipeline's.
_EXTRACTED_SHARE = 4
# Each writes a section of its own.
_COMMANDS = {"extraction": stream, "polling": polling, "pages": pages, "many": many}
_REPORT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def main(arguments: list[str] | None = None) -> int:
    """Runs what the arguments ask for; 0 when all of it could be measured."""
    asked = _parser().parse_args(arguments)
    if asked.what is not None:
        return int(_COMMANDS[asked.what].run(asked))
    articles = asked.articles or (12 if asked.quick else 60)
    claims = asked.claims or (20_000 if asked.quick else 100_000)
    repeats = asked.repeats or (3 if asked.quick else 5)
    load_at_start = os.getloadavg()[0]

    # Only here, so that --help answers at once: these load torch.
    from bench.extraction import WARM_UP_ARTICLES, compare_extraction
    from bench.ingest import articles_needed, compare_ingest
    from bench.search import compare_search

    corpus = _corpus(asked.corpus, articles_needed(articles, repeats), asked.seed)
    comparisons: list[Comparison] = []
    try:
        if asked.only in (None, "search"):
            comparisons += compare_search(corpus, claims, repeats, encoded_sentences=300 if asked.quick else 1_000)
        if asked.only in (None, "extraction"):
            read = corpus.articles[: WARM_UP_ARTICLES + repeats * max(articles // _EXTRACTED_SHARE, 1)]
            comparisons = [compare_extraction(read, repeats).comparison, *comparisons]
        if asked.only in (None, "ingest"):
            comparisons = compare_ingest(corpus, articles, repeats) + comparisons
    except (ServiceError, ValueError) as error:
        print(f"not measured: {error}", file=sys.stderr)
        return 1
    for comparison in comparisons:
        print(printed(comparison))
    asked.report.parent.mkdir(parents=True, exist_ok=True)
    report = written(comparisons, corpus, _command(asked), load_at_start)
    before = asked.report.read_text(encoding="utf-8") if asked.report.exists() else ""
    for command in _COMMANDS.values():
        if kept := section(before, command.HEADING):
            report = with_section(report, kept)
    asked.report.write_text(report, encoding="utf-8")
    print(f"written: {asked.report}")
    return 0


def _command(asked: argparse.Namespace) -> str:
    """What was asked, without the folders of the machine it was asked on."""
    parts = ["python -m bench"]
    for name, value in vars(asked).items():
        if name == "report" or value is None or value is False or (name == "seed" and asked.corpus):
            continue
        parts.append(f"--{name}" if value is True else f"--{name} {value.name if isinstance(value, Path) else value}")
    return " ".join(parts)


def _corpus(file: Path | None, count: int, seed: int) -> Corpus:
    return synthetic(count, seed) if file is None else from_file(file, count)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller sizes: a look, not a figure to quote")
    parser.add_argument("--only", choices=("ingest", "extraction", "search"), help="one comparison; the report then holds that one alone")
    parser.add_argument(
        "--corpus", type=Path, metavar="FILE.jsonl.gz", help="real articles (outlet, url, date, title, text) in place of synthetic ones"
    )
    parser.add_argument("--seed", type=int, default=1, help="of the synthetic articles")
    parser.add_argument("--articles", type=int, help="articles posted in one repeat")
    parser.add_argument("--claims", type=int, help="claims searched among")
    parser.add_argument("--repeats", type=int, help="measurements of each figure")
    parser.add_argument("--report", type=Path, default=_REPORT, help="where the table goes")
    commands = parser.add_subparsers(dest="what", metavar="|".join(_COMMANDS))
    for name, command in _COMMANDS.items():
        command.add_parser(commands.add_parser(name, description=command.__doc__, help=command.HEADING), _REPORT)
    return parser


if __name__ == "__main__":
    sys.exit(main())
