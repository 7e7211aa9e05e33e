"""Facts about questionnaires."""
