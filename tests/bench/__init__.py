"""Measurements as ratios against floors in the same run: `python -m tests.bench NAME`. One file per subject."""
