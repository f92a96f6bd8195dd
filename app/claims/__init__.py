"""In: a Document.
Out: Claims, each with its span, chain, voice, certainty, quantities and dates; the attributions behind them.
Never: vectors, other articles, the database."""
