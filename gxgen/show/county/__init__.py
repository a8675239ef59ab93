"""The county's page (``index.html``): a county's year at a glance."""
