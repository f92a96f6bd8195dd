"""The spellings of outlets' names, as a directory grows."""

from hypothesis import given
from hypothesis import strategies as st

from app.outlets.directory import OutletDirectory
from app.outlets.forms import Forms
from app.outlets.outlet import Outlet

WORDS = ("Harbor", "Courier", "The", "Ledger", "Noon", "harbor", "Élan", "24", "Nine", "Channel")
NAMES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
OUTLETS = st.builds(
    lambda id, name, aliases, twofold: Outlet(f"outlet-{id}", name, aliases=tuple(aliases), ambiguous=(name,) if twofold else ()),
    st.integers(0, 9),
    NAMES,
    st.lists(NAMES, max_size=2),
    st.booleans(),
)


@given(st.lists(OUTLETS, max_size=5), st.lists(st.tuples(OUTLETS, st.booleans()), max_size=6))
def test_a_directory_that_grew_spells_names_as_one_made_at_once(first: list[Outlet], later: list[tuple[Outlet, bool]]) -> None:
    directory = OutletDirectory(first)
    for outlet, read_before in later:
        if read_before:
            directory.mentions("Anything.")
        directory = directory.with_outlet(outlet)
    assert directory._forms == Forms.of(directory)
