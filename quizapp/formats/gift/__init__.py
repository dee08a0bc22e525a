"""GIFT, the text format of Moodle's question banks, read by the rules of Moodle's own importer."""

from quizapp.formats.gift.exporting import GiftExporter
from quizapp.formats.gift.importing import GiftImporter

__all__ = ["GiftExporter", "GiftImporter"]
