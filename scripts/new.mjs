// npm run new -- op hardSwish: makes a skeleton, its test, and its line in the barrel.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** Where each kind of thing lives; its templates are in templates/<kind>/. */
const kinds = {
  op: { folder: 'packages/tensor/src/ops' },
};

const usage = `usage: npm run new -- <kind> <name> [--dir ROOT]

  kind    ${Object.keys(kinds).join(' | ')}
  name    the export, in camelCase: hardSwish
  --dir   the root of the repository to write into; this one unless told

Writes <name>.ts, <name>.test.ts and a line in index.ts. The test fails until it is filled in.`;

const reserved = new Set(
  ('arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof undefined var void while with yield index').split(' '),
);

function refuse(message) {
  console.error(`new: ${message}`);
  process.exit(1);
}

/** The arguments, or the reason why they are refused. */
function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { dir: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    return refuse(`${error.message}\n\n${usage}`);
  }
}

/** The barrel with one more export, at its place in the order of names. */
function withExport(barrel, name) {
  const line = `export { ${name} } from './${name}.ts';`;
  const lines = barrel.split('\n').filter((text) => text.trim() !== 'export {};');
  const key = (text) => /^export .* from '\.\/(.+)\.ts';/.exec(text)?.[1]?.toLowerCase();
  const after = lines.findIndex((text) => (key(text) ?? '') > name.toLowerCase());
  const last = lines.findLastIndex((text) => key(text) !== undefined);
  const end = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  lines.splice(after >= 0 ? after : last >= 0 ? last + 1 : end, 0, line);
  return lines.join('\n').replace(/\n*$/, '\n');
}

const { values, positionals } = parse();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const [kind, name, ...rest] = positionals;
if (!kind || !name || rest.length) refuse(`a kind and a name are needed\n\n${usage}`);
if (!Object.hasOwn(kinds, kind)) refuse(`kind must be one of ${Object.keys(kinds).join(', ')}, got ${kind}`);
if (!/^[a-z][A-Za-z0-9]*$/.test(name)) refuse(`name must be in camelCase, such as hardSwish, got ${name}`);
if (reserved.has(name)) refuse(`name must not be a reserved word, got ${name}`);

const root = resolve(values.dir ?? fileURLToPath(new URL('..', import.meta.url)));
const { folder } = kinds[kind];
const barrel = join(root, folder, 'index.ts');
const files = [`${name}.ts`, `${name}.test.ts`];
if (!existsSync(barrel)) refuse(`${folder}/index.ts must exist in ${root}; is --dir the root of a repository?`);
for (const file of files) if (existsSync(join(root, folder, file))) refuse(`${folder}/${file} exists already`);
if (new RegExp(`\\b${name}\\b`).test(readFileSync(barrel, 'utf8'))) refuse(`${folder}/index.ts exports ${name} already`);

for (const file of files) {
  const template = file.replace(name, kind) + '.template';
  const text = readFileSync(new URL(`./templates/${kind}/${template}`, import.meta.url), 'utf8');
  writeFileSync(join(root, folder, file), text.replaceAll('{{name}}', name));
  console.log(`wrote ${folder}/${file}`);
}
writeFileSync(barrel, withExport(readFileSync(barrel, 'utf8'), name));
console.log(`added ${name} to ${folder}/index.ts`);
