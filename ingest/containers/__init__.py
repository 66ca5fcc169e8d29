"""Open containers (gzip, bzip2, xz, zip and tar) without unpacking them to disk.

To add a container, start with `expansion`.
"""
