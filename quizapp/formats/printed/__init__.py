"""Quizzes on paper: questions drawn as for an attempt, as pages to print: the paper, a sheet for answers, the key."""
