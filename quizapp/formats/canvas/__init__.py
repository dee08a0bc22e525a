"""PURE: QTI 1.2: `package`, `materials` (texts), `scoring` (what earns what), `kinds`, and what reads each kind."""
