"""In: what a client posted: text or HTML, an outlet, a title, a time.
Out: a Document: its exact text with paragraphs and sentences as spans, boilerplate marked.
Never: claims, network access, changes to the text that a span points into."""
