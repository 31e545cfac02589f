"""Changes of the tables, each within the transaction of the store."""
