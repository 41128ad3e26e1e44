// Compiles every Python file below one folder into another one: node compile.mjs MODULES FROM TO
// Byte code must be made by a Python of the version that is given out; here it is one in WebAssembly.
import { createRequire } from "node:module";

const [modules, from, to] = process.argv.slice(2);
const { loadPyodide } = createRequire(`${modules}/`)("pyodide");
const python = await loadPyodide();
for (const [place, root] of [["/from", from], ["/to", to]]) {
  python.FS.mkdirTree(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, place);
}
python.runPython(`
import py_compile
from pathlib import Path

for path in sorted(Path("/from").rglob("*.py")):
    place = path.relative_to("/from")
    py_compile.compile(
        str(path),
        cfile=str(Path("/to", place.with_suffix(".pyc"))),
        dfile=place.as_posix(),
        doraise=True,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
`);
