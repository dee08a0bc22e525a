"""Numbers that another program's own tests expect, of our questions: every case is run, or left out with its reason."""
