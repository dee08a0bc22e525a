"""quizapp: a folder of Markdown becomes a training site. This module imports nothing."""

__version__ = "0.1.0"
