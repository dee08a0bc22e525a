"""SQL: what learners did. The only package that imports SQLAlchemy and Alembic.

Functions take a Connection and return dataclasses; they know responses and marks, never the text of a lesson.
"""
