"""Tests of app/conflicts."""
