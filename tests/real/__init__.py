"""Facts about polls that were really held; their data lie outside the project."""
