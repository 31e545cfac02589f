"""Reading a wiki into a store and a ledger, in full or from where it was left."""
