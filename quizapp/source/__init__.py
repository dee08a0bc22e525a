"""PURE: text to lines, blocks and attribute lists; no files, no Markdown library, nothing of quizapp but errors."""
