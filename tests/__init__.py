"""Tests mirror app/; each name is a sentence."""
