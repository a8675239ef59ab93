"""The officer's kit: what is sent out, kept in hand and handed up beside a county's reports."""
