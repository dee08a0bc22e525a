"""PURE: one file per importer or exporter; none yet."""
