"""The attribution tagger: recipe, generator of examples, measures, and the artefact that `app/claims/trained.py` loads."""
