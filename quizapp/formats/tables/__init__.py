"""Questions as a table, a row each: what CSV files and spreadsheets share. The columns are told in decision 0021."""
