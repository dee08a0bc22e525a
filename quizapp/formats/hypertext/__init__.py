"""PURE: HTML to Markdown. The `tree` of elements becomes inline text (`phrases`, `paragraphs`), `blocks`, `tables`."""
