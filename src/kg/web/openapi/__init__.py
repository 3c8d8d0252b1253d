"""The description of everything that programs call (storey 4), in OpenAPI 3.1.

Source: https://spec.openapis.org/oas/v3.1.0.html
"""
