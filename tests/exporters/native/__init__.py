"""Facts about charts that Office draws itself."""
