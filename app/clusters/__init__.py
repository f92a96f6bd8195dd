"""In: a claim, its nearest neighbours, and which of them were found to be about the same thing.
Out: the pairs worth judging; the cluster a claim joins, merges and splits; wire copies; independent origins.
Never: what the relation between two claims is, SQL, HTTP."""
