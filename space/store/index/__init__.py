"""From records to index rows, without a database."""
