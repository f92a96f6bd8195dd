"""In: a cluster's claims and the relations between them.
Out: positions, agreement counted by origin, and the Conflict with its life.
Never: SQL, HTTP, judging two claims anew."""
