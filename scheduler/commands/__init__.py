"""What each command does, apart from the command line: read, work, write, and say so."""
