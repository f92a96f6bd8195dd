"""In: two claims as Statements.
Out: one Relation: kind, calibrated score, probabilities and the reasons with spans.
Never: clusters, outlets' standing, the database."""
