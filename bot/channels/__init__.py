"""One file a channel; each only translates."""
