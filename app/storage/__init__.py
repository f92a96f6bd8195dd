"""In: articles, claims, relations, clusters and conflicts as the rooms made them.
Out: the same, durable, found again by id, filter and cursor. The only SQL.
Never: deciding anything about a claim."""
