"""The goals: each a figure against the bound it has to keep, told as a row of one table."""

from dataclasses import dataclass

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


def _figure(value: float) -> str:
    """The figure to three places, more before than after the point, without idle zeros."""
    if value != value:
        return "not measured"
    places = 3 if abs(value) < 10 else 1 if abs(value) < 1000 else 0
    written = f"{value:,.{places}f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
