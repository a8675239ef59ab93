"""One agency's report of one year, as read: every figure and paragraph with its place."""
