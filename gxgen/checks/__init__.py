"""What can be wrong: a module for each rule with a check, a page for each other code."""
