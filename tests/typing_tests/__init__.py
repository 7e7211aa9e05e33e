"""Programs as users write them, read by mypy and never run: what a type checker tells them."""
