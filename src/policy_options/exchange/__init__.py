"""The published JSON with its versions and schemas, CSV and Markdown. Lower layers decide the results; this one carries
them.
"""
