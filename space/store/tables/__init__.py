"""The database: its tables, their rows, and the engines that reach it."""
