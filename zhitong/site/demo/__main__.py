"""Print the reference page of the demo: python -m zhitong.site.demo > docs/reference/demo-assumptions.md"""

import sys

from zhitong.site.demo.figures import reference_page

sys.stdout.write(reference_page())
