#!/usr/bin/env bash
# Jinja2 3.1.6: a `namespace` set by an imported template keeps values that its macros wrote in earlier renderings.
# Expected: `render()` of the same template with the same values gives the same text each time; `import` is documented to cache
# the imported template, not the values that its macros assign.
# Seen: a macro that counts continues from one rendering to the next, even in `ImmutableSandboxedEnvironment`;
# with `import ... with context` it starts again. Exits non-zero once this is fixed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "jinja2==3.1.6"
"$folder/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

from jinja2 import DictLoader, Environment
from jinja2.sandbox import ImmutableSandboxedEnvironment

FILES = {
    "macros": "{% set kept = namespace(count=0) %}"
    "{% macro next() %}{% set kept.count = kept.count + 1 %}{{ kept.count }}{% endmacro %}",
    "page": "{% import 'macros' as macros %}{{ macros.next() }}",
    "with-context": "{% import 'macros' as macros with context %}{{ macros.next() }}",
}
print(f"Jinja2 {version('jinja2')}: the number that a macro counts to, in three renderings of one template")
for kind in (Environment, ImmutableSandboxedEnvironment):
    for name in ("page", "with-context"):
        environment = kind(loader=DictLoader(FILES))
        seen = [environment.get_template(name).render() for _ in range(3)]
        print(f"  {kind.__name__}, {name}: {', '.join(seen)}")
        assert seen == (["1", "2", "3"] if name == "page" else ["1", "1", "1"])
PYTHON
