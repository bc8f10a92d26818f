"""Answers in, official Word documents out; pure."""
