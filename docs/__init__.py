"""The documents, and the module that writes the generated part of them."""
