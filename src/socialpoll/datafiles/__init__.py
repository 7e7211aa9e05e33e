"""Answers as the data files of statistics packages: SPSS and Stata."""
