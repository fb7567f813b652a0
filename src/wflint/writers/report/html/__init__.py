"""The report as one HTML file: no network, no fonts, no libraries."""
