"""Anki, the program for cards: notes as a text file, and as a package with the pictures; decision 0023."""

from quizapp.formats.anki.package import ApkgExporter
from quizapp.formats.anki.text import AnkiExporter

__all__ = ["AnkiExporter", "ApkgExporter"]
