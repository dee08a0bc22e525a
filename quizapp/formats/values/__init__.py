"""Questions as plain values, such as JSON has, and back: the format is told in decision 0019."""
