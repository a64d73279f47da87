"""How `make docs` makes a site of the Markdown in this repository, which reads well without it.

The sources are the files where they lie, so that a link between them holds here and there.
"""

project = "graph-service"
html_title = project
root_doc = "docs/index"
include_patterns = [
    "*.md",
    "cypher/README.md",
    "docker/README.md",
    "docs/*.md",
    "graph_service/evaluation/README.md",
    "graph_service/reference/provenance.md",
]
exclude_patterns = [".*", "build", "dist"]

extensions = ["myst_parser", "sphinx.ext.autodoc"]
nitpicky = True
# Types in the signatures of the client are not all told of on a page of their own.
nitpick_ignore_regex = [("py:.*", ".*")]
# The depth to which a heading can be linked to by its words, as where the repository is shown.
myst_heading_anchors = 4
# Some languages of blocks (CSV, JSON lines) have no colours, and are shown without.
suppress_warnings = ["misc.highlighting_failure"]
# Options begin with two hyphens, which are no dash.
smartquotes = False
# Docstrings write code in one backtick.
default_role = "literal"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88

html_theme = "furo"
html_extra_path = ["site"]
html_copy_source = False
html_show_copyright = False
html_use_index = False
html_domain_indices = False
