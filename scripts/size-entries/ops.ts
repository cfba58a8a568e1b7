// The same op from its namespace, of which esbuild bundles nothing else.
import * as ops from 'chainrule/ops';

console.log(ops.exp);
