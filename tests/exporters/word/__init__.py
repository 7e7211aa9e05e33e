"""Facts about Word briefs."""
