"""A local desk in the browser, over the same folders and files as the command line.

Its web process serves pages and holds no rule and no file format; whatever reads, checks or writes
is a service of :mod:`gxgen.api`, called in a worker process beside it.
"""
