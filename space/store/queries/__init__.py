"""What is asked of the index, a module for each kind of answer."""
