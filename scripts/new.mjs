// npm run new -- op hardTanh: makes a skeleton, its test, and its line in the barrel.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * For each kind: its folder, the exports of its file, and other files that need a line. Templates are in
 * templates/<kind>/.
 */
const kinds = {
  op: { folder: 'packages/tensor/src/ops', exports: ['{{name}}'] },
  layer: {
    folder: 'packages/layers-dense/src',
    exports: ['{{name}}'],
    next: 'a case in packages/testing/src/layerCases.ts',
  },
  optimizer: {
    folder: 'packages/optim/src',
    exports: ['{{name}}', 'type {{Name}}Options', 'scaleBy{{Name}}', 'type ScaleBy{{Name}}State'],
    next: 'a case in packages/testing/src/optimizers.test.ts',
  },
  loss: { folder: 'packages/losses/src', exports: ['{{name}}'] },
  metric: {
    folder: 'packages/metrics/src',
    exports: ['{{name}}'],
    next: 'a case in packages/testing/src/metrics.test.ts',
  },
  augmentation: {
    folder: 'packages/augmentation/src',
    exports: ['{{name}}'],
    next: 'a case in packages/testing/src/augmentationCases.ts',
  },
};

const usage = `usage: npm run new -- <kind> <name> [--group OPS] [--package LAYERS] [--dir ROOT]

  kind       ${Object.keys(kinds).join(' | ')}
  name       the export, in camelCase: hardTanh
  --group    the folder of an op below packages/tensor/src/ops: elementwise by default
  --package  the package of a layer: layers-dense by default
  --dir      the root of the repository to write into; this one by default

Writes <name>.ts, <name>.test.ts and a line in index.ts. The test fails until it is filled in.`;

const reserved = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function if implements import in instanceof interface let new null package private protected public ' +
    'return static super switch this throw true try typeof undefined var void while with yield index'
  ).split(' '),
);

function refuse(message) {
  console.error(`new: ${message}`);
  process.exit(1);
}

/** Parses the arguments; returns a reason if they are invalid. */
function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        dir: { type: 'string' },
        group: { type: 'string' },
        package: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    return refuse(`${error.message}\n\n${usage}`);
  }
}

/** The folder that a kind is written to, below the root. */
function folderOf(kind, root, chosen) {
  if (chosen.group !== undefined && kind !== 'op') refuse(`--group is for ops, got a kind of ${kind}`);
  if (chosen.package !== undefined && kind !== 'layer') refuse(`--package is for layers, got a kind of ${kind}`);
  if (kind === 'op') {
    const { group = 'elementwise' } = chosen;
    const groups = groupsIn(root);
    if (groups.length > 0 && !groups.includes(group))
      refuse(`--group must be one of ${groups.join(', ')}, got ${group}`);
    return `${kinds.op.folder}/${group}`;
  }
  if (chosen.package === undefined) return kinds[kind].folder;
  if (!/^layers-[a-z]+$/.test(chosen.package) || chosen.package === 'layers-core')
    refuse(`--package must be a package of layers, such as layers-conv, got ${chosen.package}`);
  return `packages/${chosen.package}/src`;
}

/** The folders of ops that have a barrel. */
function groupsIn(root) {
  const ops = join(root, kinds.op.folder);
  if (!existsSync(ops)) return [];
  return readdirSync(ops).filter((name) => name !== 'signatures' && existsSync(join(ops, name, 'index.ts')));
}

/** Adds an export to a barrel, ordered by the names of files. */
function withExport(barrel, name, exported) {
  const line = `export { ${exported.join(', ')} } from './${name}.ts';\n`;
  // Each item is one statement, which may take several lines.
  const statements = barrel
    .replace(/\n*$/, '\n')
    .split(/(?<=;\n)/)
    .filter((text) => text.trim() !== 'export {};');
  const key = (text) => /^export [^;]* from '\.\/([^']+)\.ts';/m.exec(text)?.[1]?.toLowerCase();
  const after = statements.findIndex((text) => (key(text) ?? '') > name.toLowerCase());
  statements.splice(after >= 0 ? after : statements.length, 0, line);
  return statements.join('').replace(/^\n+/, '');
}

const { values, positionals } = parse();
if (values.help) {
  console.log(usage);
  process.exit(0);
}
const [kind, name, ...rest] = positionals;
if (!kind || !name || rest.length) refuse(`a kind and a name are needed\n\n${usage}`);
if (!Object.hasOwn(kinds, kind)) refuse(`kind must be one of ${Object.keys(kinds).join(', ')}, got ${kind}`);
if (!/^[a-z][A-Za-z0-9]*$/.test(name)) refuse(`name must be in camelCase, such as hardTanh, got ${name}`);
if (reserved.has(name)) refuse(`name must not be a reserved word, got ${name}`);

const root = resolve(values.dir ?? fileURLToPath(new URL('..', import.meta.url)));
const folder = folderOf(kind, root, values);
const barrel = join(root, folder, 'index.ts');
const files = [`${name}.ts`, `${name}.test.ts`];
if (!existsSync(barrel)) refuse(`${folder}/index.ts must exist in ${root}; is --dir the root of a repository?`);
for (const file of files) if (existsSync(join(root, folder, file))) refuse(`${folder}/${file} exists already`);
// Names of ops are unique across groups.
const barrels = kind === 'op' ? groupsIn(root).map((group) => `${kinds.op.folder}/${group}`) : [folder];
for (const place of barrels) {
  if (new RegExp(`\\b${name}\\b`).test(readFileSync(join(root, place, 'index.ts'), 'utf8')))
    refuse(`${place}/index.ts exports ${name} already`);
}

const fill = (text) => text.replaceAll('{{name}}', name).replaceAll('{{Name}}', name[0].toUpperCase() + name.slice(1));
for (const file of files) {
  const template = `${kind}${file.slice(name.length)}.template`;
  writeFileSync(
    join(root, folder, file),
    fill(readFileSync(new URL(`./templates/${kind}/${template}`, import.meta.url), 'utf8')),
  );
  console.log(`wrote ${folder}/${file}`);
}
writeFileSync(barrel, withExport(readFileSync(barrel, 'utf8'), name, kinds[kind].exports.map(fill)));
console.log(`added ${name} to ${folder}/index.ts`);
if (kinds[kind].next) console.log(`It also needs ${kinds[kind].next}.`);
