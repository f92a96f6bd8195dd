"""One module a resource; each handler a few lines."""
