"""Questionnaires as the forms that interviewers and respondents fill in, in XLSForm."""
