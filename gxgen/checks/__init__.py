"""What can be wrong with a report: one module a code, found by walking this package."""
