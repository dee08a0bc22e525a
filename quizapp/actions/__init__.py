"""VERBS: what people do, one transaction each. The database, the time and the secret are arguments."""
