"""Answers that stay where they lie: what is asked of engines, and what is made of it."""
