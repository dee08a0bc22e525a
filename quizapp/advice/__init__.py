"""PURE: one file per advice to authors; none yet."""
