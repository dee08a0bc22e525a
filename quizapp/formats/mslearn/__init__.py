"""Microsoft Learn's source format (paths, modules, units, quizzes: YAML and Markdown) to a content folder of ours.

`conversion.convert` takes a `tree.Tree` and gives the files and the report; nothing is read but through the tree, and
nothing is written. Sections that docstrings name are those of the format's description that the issue names; what goes
wrong in real trees has a note of its own in `notes`, and a test in `tests/unit/formats/mslearn/test_gotchas.py`.
"""
