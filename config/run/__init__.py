"""Runs all of Parley on one machine."""
