"""Facts about decks of slides."""
