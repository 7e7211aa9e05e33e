"""Facts about socialpoll, one sentence a test."""
