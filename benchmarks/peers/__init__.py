"""The program against three other ways to make a timetable: see ``benchmarks/README.md``."""
