"""What is wrong with a recipe before it is run, and what would mend it."""
