"""Facts about bound answers."""
