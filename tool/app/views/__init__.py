"""How publications look on any page of the tool."""
