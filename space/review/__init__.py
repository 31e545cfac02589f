"""Review: which revision of a page readers see, decided by a pure function."""
