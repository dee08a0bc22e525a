"""PURE: Moodle XML: `reading` and `texts`; `choosing`, `typing` and `gaps` read the types."""
