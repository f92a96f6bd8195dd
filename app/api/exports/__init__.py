"""In: a search, as the lists take it.
Out: everything it finds, as CSV or JSON-LD, piece by piece from one snapshot.
Never: a whole export in memory, a cell that a spreadsheet would run."""
