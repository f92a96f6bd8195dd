"""In: a name, an alias, a web domain or a URL as somebody wrote it.
Out: the Outlet it means, with a stable slug as its key; mentions of outlets in running text.
Never: HTTP, SQL, guesses about who owns whom."""
