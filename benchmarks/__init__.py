"""The figures of the README, measured: see ``benchmarks/README.md``."""
