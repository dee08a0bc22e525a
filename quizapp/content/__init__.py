"""PURE: Markdown files to a Catalogue and its Problems; reads its content folder and its cache, nothing else."""
