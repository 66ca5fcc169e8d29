"""The rules by what they read, each module with its `RULES`."""
