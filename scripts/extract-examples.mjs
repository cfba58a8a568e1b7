// Turns ```ts test fences of the Markdown and @example blocks of the docstrings into tests that vitest runs.
//
// An example may say what it shows: `softplus(0); // => 0.693…`. The value must print as written, whitespace
// aside; `…` stands for anything. Other comments are not checked.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { fencesOf } from './fences.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'packages', 'testing', '.examples');
const packages = readdirSync(join(root, 'packages')).filter((name) =>
  existsSync(join(root, 'packages', name, 'package.json')),
);

/** Lists the files below a folder, without installed and generated ones. */
function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isFile()) return [path];
    return ['node_modules', 'dist'].includes(entry.name) || entry.name.startsWith('.') ? [] : filesBelow(path);
  });
}

const slashes = (path) => path.split(sep).join('/');
const lineOf = (text, index) => text.slice(0, index).split('\n').length;

/** The @example blocks of a source file's docstrings. */
function docstringsOf(text) {
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap(({ 0: comment, index }) => {
    const first = lineOf(text, index);
    const lines = comment
      .replace(/\s*\*\/$/, '')
      .split('\n')
      .map((line) => line.replace(/^\s*\/?\*+ ?/, ''));
    return lines.flatMap((line, start) => {
      const tag = /^@example\b ?(.*)$/.exec(line);
      if (!tag) return [];
      const after = lines.slice(start + 1);
      const end = after.findIndex((next) => /^@\w/.test(next));
      const body = (end < 0 ? after : after.slice(0, end)).filter((next) => !next.startsWith('```'));
      return [{ line: first + start, code: [tag[1], ...body].join('\n') }];
    });
  });
}

/**
 * The modules that export each name as a value: the entry points of packages in the order of their folders, without the
 * umbrella, which repeats them, and with the operation `add` before the layer; then single files, so that the docstring of an internal function can have an example.
 */
function workspaceExports(sources) {
  const entries = packages
    .filter((name) => name !== 'chainrule')
    .sort((a, b) => Number(a === 'layers-merge') - Number(b === 'layers-merge'))
    .flatMap((name) => {
      const folder = join(root, 'packages', name);
      const { exports = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return Object.entries(exports).map(([path, file]) => [`@chainrule/${name}${path.slice(1)}`, join(folder, file)]);
    });
  const modules = [...entries, ...sources.map((file) => [file, file])];
  const program = ts.createProgram(
    modules.map(([, file]) => file),
    { ...baseOptions(), types: [], noLib: true },
  );
  const checker = program.getTypeChecker();
  const exporters = new Map();
  for (const [module, file] of modules) {
    const source = program.getSourceFile(file);
    const symbol = source && checker.getSymbolAtLocation(source);
    for (const found of symbol ? checker.getExportsOfModule(symbol) : []) {
      const origin = found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found;
      if (origin.flags & ts.SymbolFlags.Value)
        exporters.set(found.name, [...(exporters.get(found.name) ?? []), module]);
    }
  }
  return exporters;
}

/**
 * Finds the module from which an example in `file` imports a name: its package, any package, its file, or a file of its
 * package.
 */
function moduleFor(modules, file) {
  const [, folder = ''] = relative(root, file).split(sep);
  const inPackage = join(root, 'packages', folder, 'src') + sep;
  const rank = (module) =>
    [
      `${module}/`.startsWith(`@chainrule/${folder}/`),
      module.startsWith('@'),
      module === file,
      module.startsWith(inPackage),
    ].indexOf(true);
  const ranked = modules.filter((module) => rank(module) >= 0).sort((a, b) => rank(a) - rank(b));
  return ranked[0];
}

function baseOptions() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
}

/** Converts an import statement to a dynamic import, so that each example has a scope of its own. */
function dynamicImport(statement, source) {
  const module = statement.moduleSpecifier.getText(source);
  const clause = statement.importClause;
  if (!clause) return `await import(${module});`;
  if (clause.isTypeOnly) return '';
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) return `const ${bindings.name.text} = await import(${module});`;
  const names = (bindings?.elements ?? [])
    .filter((element) => !element.isTypeOnly)
    .map(({ propertyName, name }) => (propertyName ? `${propertyName.text}: ${name.text}` : name.text));
  if (clause.name) names.unshift(`default: ${clause.name.text}`);
  return `const { ${names.join(', ')} } = await import(${module});`;
}

/** The names that an example uses without declaring or importing them. */
function freeNames(source) {
  const used = new Set();
  const declared = new Set();
  const visit = (node) => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isMember =
        (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) && parent.name === node;
      const isRenamed = (ts.isImportSpecifier(parent) || ts.isBindingElement(parent)) && parent.propertyName === node;
      const isDeclared = parent.name === node && !ts.isShorthandPropertyAssignment(parent);
      if (!isMember && !isRenamed) (isDeclared ? declared : used).add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...used].filter((name) => !declared.has(name));
}

/** Converts the `// => value` of a statement to an assertion. */
function assertionOf(statement, source) {
  const rest = source.text.slice(statement.end).split('\n', 1)[0];
  const shown = /^[\s}]*\/\/ => (.+)$/.exec(rest)?.[1];
  if (!shown) return undefined;
  const expected = JSON.stringify(shown.trim());
  if (ts.isVariableStatement(statement)) {
    const { name } = statement.declarationList.declarations[0];
    return `${statement.getText(source)} shows(${name.getText(source)}, ${expected});`;
  }
  if (!ts.isExpressionStatement(statement)) return undefined;
  const { expression } = statement;
  const isLog = ts.isCallExpression(expression) && expression.expression.getText(source) === 'console.log';
  return `shows(${(isLog ? expression.arguments[0] : expression).getText(source)}, ${expected});`;
}

/** One example as a test; keeps its lines, so that a failure points at the right one. */
function testOf({ code, line }, file, out, exporters) {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  const edits = [];
  const visit = (node) => {
    const text = ts.isImportDeclaration(node) ? dynamicImport(node, source) : assertionOf(node, source);
    if (text === undefined) ts.forEachChild(node, visit);
    else edits.push({ start: node.getStart(source), end: node.end, text });
  };
  visit(source);
  const body = edits.reduceRight((rest, { start, end, text }) => rest.slice(0, start) + text + rest.slice(end), code);
  const claims = code.match(/\/\/ => /g)?.length ?? 0;
  if (claims !== body.match(/\bshows\(/g)?.length && claims > 0) {
    throw new Error(
      `${slashes(relative(root, file))}:${line}: each \`// =>\` must follow an expression or a declaration on its line`,
    );
  }
  const imports = freeNames(source).flatMap((name) => {
    const module = moduleFor(exporters.get(name) ?? [], file);
    if (!module) return [];
    return `const { ${name} } = await import('${module.startsWith('@') ? module : slashes(relative(dirname(out), module))}');`;
  });
  return `test(${JSON.stringify(`${slashes(relative(root, file))}:${line}`)}, async () => {\n${[...imports, body].join('\n')}\n});\n`;
}

const prelude = `import { inspect } from 'node:util';
import { setDefaultBackend } from '@chainrule/compiler';
import { afterAll, expect, test } from 'vitest';

// Files share modules, so defaults that one sets must be reset for the others.
afterAll(() => setDefaultBackend(undefined));

const plain = (text: string) => text.replace(/\\s+/g, '');
/** Expects the value to print as in the example. */
function shows(value: unknown, expected: string): void {
  const printed = [String(value), inspect(value, { depth: 9 }), JSON.stringify(value) ?? ''].map(plain);
  const parts = plain(expected).split('…').map((part) => part.replace(/[.*+?^\${}()|[\\]\\\\]/g, '\\\\$&'));
  const pattern = new RegExp('^' + parts.join('.*') + '$');
  if (!printed.some((text) => pattern.test(text))) expect(String(value)).toBe(expected);
}
`;

const markdown = [
  ...['README.md', ...packages.map((name) => `packages/${name}/README.md`)]
    .map((file) => join(root, file))
    .filter(existsSync),
  ...filesBelow(join(root, 'docs')).filter((file) => file.endsWith('.md')),
].map((file) => [file, fencesOf]);
const sources = packages
  .flatMap((name) => filesBelow(join(root, 'packages', name, 'src')))
  .filter((file) => /(?<!\.test|\.test-d)\.ts$/.test(file))
  .map((file) => [file, docstringsOf]);

rmSync(target, { recursive: true, force: true });
const exporters = workspaceExports(sources.map(([file]) => file));
let count = 0;
for (const [file, examplesOf] of [...markdown, ...sources]) {
  const examples = examplesOf(readFileSync(file, 'utf8'));
  if (!examples.length) continue;
  const out = join(target, relative(root, file).replace(/\.\w+$/, '.test.ts'));
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, [prelude, ...examples.map((example) => testOf(example, file, out, exporters))].join('\n'));
  count += examples.length;
}
console.log(`examples: ${count} extracted`);
