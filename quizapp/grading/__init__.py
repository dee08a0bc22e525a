"""PURE: draws, marks, standing and completion; values in, values out, no clock and no dice."""
