"""The site as files that any web server can serve, byte for byte what the application answers."""
