"""In: received articles, withdrawals.
Out: everything that follows from them, in one transaction a batch; `story.py` tells it on one screen.
Never: HTTP, settings, rules of its own about claims."""
