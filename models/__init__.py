"""Trained artefacts and the recipes that made them. A recipe imports app; app reads the artefacts as files."""
