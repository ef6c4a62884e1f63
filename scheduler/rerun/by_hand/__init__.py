"""Her edits by hand in a rerun: what a must stands against is taken back, the rest is kept."""
