"""Reading pages for a sync: revisions, texts, verdicts and patrols, as cases."""
