"""What designers touch: styles, their faults, the shipped templates, a preview."""
