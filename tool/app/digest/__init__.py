"""The weekly digest: what the next one has, getting it, and sending it by hand."""
