"""Parallax: the same event, seen from every outlet."""

__version__ = "0.1.0"
