"""In: HTTP requests.
Out: what CONTRACT names, as JSON or problem+json; handlers of a few lines.
Never: SQL, rules about claims."""
