// Imports and requires every entry point of every installed package: both give the same module, which exports something
// unless it is imported for what it does.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const names = ['chainrule', ...readdirSync('node_modules/@chainrule').map((name) => `@chainrule/${name}`)];
let count = 0;
for (const name of names) {
  const { exports, sideEffects } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
  for (const path of Object.keys(exports).filter((path) => !path.endsWith('.json'))) {
    const id = name + path.slice(1);
    const imported = await import(id);
    const acts = sideEffects && sideEffects.includes(exports[path].default);
    if (!acts && !Object.keys(imported).length) throw new Error(`${id} must export something`);
    if (require(id) !== imported) throw new Error(`require('${id}') must give the module that import gives`);
    count++;
  }
}
console.log(`${count} entry points of ${names.length} packages`);
