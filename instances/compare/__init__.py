"""The parts of :mod:`instances.comparison`: what differs between two inputs of one school."""
