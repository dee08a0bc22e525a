"""PURE: questions as people have them in a word processor, an e-mail or a chat, read line by line.

`lines` tidies the text, `markers` says what a line begins with, `splitting` takes apart several options on one line,
`drafts` puts lines together to drafts, `keys` finds which answers are right, `making` writes and reads a question.
"""
