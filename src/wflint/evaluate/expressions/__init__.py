"""What expressions are worth: names, attributes, items, operators, comparisons and calls."""
