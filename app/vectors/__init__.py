"""In: claim contents as strings; claim numbers.
Out: unit vectors (float32, one row a claim); the nearest claims by cosine similarity.
Never: SQL, meaning beyond similarity. The only room that imports faiss."""
