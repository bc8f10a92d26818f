"""Questionnaires: pure functions and frozen values, no input or output."""
