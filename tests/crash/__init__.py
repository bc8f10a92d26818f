"""The whole bot in a process of its own, killed at every step of a turn and at random."""
