"""Writing: forms, saving, imports, translations, withdrawals."""
