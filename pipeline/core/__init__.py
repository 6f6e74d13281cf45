"""Core values and promises: what every other package speaks in, standard library only."""
