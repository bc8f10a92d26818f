"""A Bot API server for tests and benchmarks: the rules of api.telegram.org, and its bad days."""
