"""Facts about charts as pictures."""
