"""The illustrated edition (图文版): what it adds to a report."""
