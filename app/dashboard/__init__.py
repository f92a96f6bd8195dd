"""In: a browser.
Out: pages and static files that show what the API answers.
Never: article text as markup, anything fetched from another host."""
