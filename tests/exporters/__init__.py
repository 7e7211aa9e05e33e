"""Facts about the built-in exporters."""
