"""Reads, each within the caller's session and so on one snapshot."""
