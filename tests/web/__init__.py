"""What a browser sees, in a real browser where it matters."""
