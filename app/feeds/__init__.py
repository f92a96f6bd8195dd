"""In: changes to conflicts.
Out: what leaves on its own: streams and webhooks.
Never: deciding what a conflict is."""
