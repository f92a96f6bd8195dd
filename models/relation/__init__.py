"""The relation judge: ministories, recipe, measures, and the artefact that `app/relations/trained.py` loads."""
