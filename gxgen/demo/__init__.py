"""An invented county to try things on."""
