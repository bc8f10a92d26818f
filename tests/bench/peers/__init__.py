"""The same deeds as one would write them by the documentation of the libraries used."""
