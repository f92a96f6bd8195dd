"""Tests of app/clusters."""
