"""Writes, each within the caller's session: the caller's block commits all of it or nothing."""
