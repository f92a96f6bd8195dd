"""The goals: each a figure against the bound it has to keep, told as a row of one table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bench.comparison import Comparison

# What a line says that this run did not measure.
KEPT = "kept from an earlier run"
HEADER = (
    "| group | measure | Parallax | peer or limit | value | goal | met | note |",
    "|---|---|---:|---|---:|---:|---|---|",
)


@dataclass(frozen=True)
class Row:
    """One goal and how far the run came.

    `got` and `goal` are in `unit` ("times", "ms", "s", "GB", "recall", …); a figure meets its goal from the goal upwards, with
    `at_most` from it downwards. `ours` and `peer` say what `got` was computed from, the figure and who gave it
    ("113.6 sentences/s", "93.4 sentences/s, stock encode"); both may be empty. `note` holds sizes, spread, or why a goal is missed.
    """

    measure: str
    got: float
    goal: float
    unit: str
    at_most: bool = False
    note: str = ""
    ours: str = ""
    peer: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure keeps its bound; a figure that is not a number never does."""
        return self.got <= self.goal if self.at_most else self.got >= self.goal

    def markdown(self, group: str) -> str:
        """The row of the table, under the group that `--only` names."""
        bound = f"{'≤' if self.at_most else '≥'} {_figure(self.goal)} {self.unit}"
        met = "yes" if self.met else "**no**"
        cells = (group, self.measure, self.ours, self.peer, f"**{_figure(self.got)}** {self.unit}", bound, met, self.note)
        return f"| {' | '.join(cell.replace('|', '/').strip() for cell in cells)} |"


def row_of(comparison: Comparison, goal: float, note: str = "") -> Row:
    """The row of a ratio to a peer: at least `goal` times."""
    low, high = comparison.ratios[0], comparison.ratios[-1]
    told = (f"{low:.2f}–{high:.2f} in {len(comparison.pairs)} turns", comparison.note, note)
    return Row(
        comparison.measure,
        comparison.ratio,
        goal,
        "times",
        note="; ".join(filter(None, told)),
        ours=f"{comparison.ours:,.1f} {comparison.unit}",
        peer=f"{comparison.theirs:,.1f} {comparison.unit}, {comparison.peer}",
    )


def table(found: Mapping[str, Sequence[Row]], kept: Mapping[str, Sequence[str]], order: Sequence[str]) -> list[str]:
    """The table's lines, groups in `order`: rows found in this run, else the lines kept of an earlier one."""
    lines = list(HEADER)
    for group in order:
        if group in found:
            lines += [row.markdown(group) for row in found[group]]
        else:
            lines += map(_kept, kept.get(group, ()))
    return lines


def lines_of(section: str) -> dict[str, list[str]]:
    """The lines of a table written before, by group; none where the section holds no such table."""
    lines: dict[str, list[str]] = {}
    body = section.partition("\n".join(HEADER) + "\n")[2]
    for line in takewhile(lambda line: line.startswith("| "), body.splitlines()):
        lines.setdefault(line.split("|")[1].strip(), []).append(line)
    return lines


def shortfalls(found: Mapping[str, Sequence[Row]]) -> list[Row]:
    """The rows of this run that miss their goal."""
    return [row for rows in found.values() for row in rows if not row.met]


def printed(row: Row) -> str:
    """One line for the terminal."""
    sides = " against ".join(filter(None, (row.ours, row.peer)))
    bound = f"goal {'at most' if row.at_most else 'at least'} {_figure(row.goal)}"
    return f"{'met   ' if row.met else 'MISSED'} {row.measure}: {_figure(row.got)} {row.unit} ({bound}{'; ' + sides if sides else ''})"


def _kept(line: str) -> str:
    """A line of an earlier run, saying so once."""
    return line if KEPT in line else f"{line.rstrip().removesuffix('|').rstrip()} ({KEPT}) |"


def _figure(value: float) -> str:
    """The figure to three places, more before than after the point, without idle zeros."""
    if value != value:
        return "not measured"
    places = 3 if abs(value) < 10 else 1 if abs(value) < 1000 else 0
    written = f"{value:,.{places}f}"
    written = written.rstrip("0").rstrip(".") if "." in written else written
    return "0" if written == "-0" else written
