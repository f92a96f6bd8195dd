"""Measured comparisons: Parallax against a peer that does the same work, in the same run on the same machine."""
