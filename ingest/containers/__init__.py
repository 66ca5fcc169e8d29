"""Containers of inputs: gzip, bzip2, xz, zip and tar, taken apart without unpacking to disk."""
