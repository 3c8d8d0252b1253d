"""Pictures (storey 3): SVG as pure functions of frozen values, each with its list."""
