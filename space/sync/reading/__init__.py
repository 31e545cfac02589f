"""What a sync asks the wiki of pages, and the cases on which it has to decide."""
