// Imports and requires every entry point of every installed package: both give the same module.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const names = ['chainrule', ...readdirSync('node_modules/@chainrule').map((name) => `@chainrule/${name}`)];
let count = 0;
for (const name of names) {
  const { exports } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
  for (const path of Object.keys(exports).filter((path) => !path.endsWith('.json'))) {
    const id = name + path.slice(1);
    const imported = await import(id);
    if (!Object.keys(imported).length) throw new Error(`${id} must export something`);
    if (require(id) !== imported) throw new Error(`require('${id}') must give the module that import gives`);
    count++;
  }
}
console.log(`${count} entry points of ${names.length} packages`);
