"""The routes, each module with those for one purpose."""
