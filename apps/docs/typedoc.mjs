// Writes the API reference, a page for each package, from the docstrings: docs/reference/NAME.md.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application } from 'typedoc';

const root = fileURLToPath(new URL('../../', import.meta.url));
const out = join(root, 'docs', 'reference');

/** The entry points of a published package, except the umbrella, which repeats the others. */
function entriesOf(name) {
  const file = join(root, 'packages', name, 'package.json');
  if (!existsSync(file) || name === 'chainrule') return [];
  const { private: isPrivate, exports = {} } = JSON.parse(readFileSync(file, 'utf8'));
  if (isPrivate) return [];
  return Object.entries(exports)
    .filter(([entry, path]) => entry !== './oracle' && path.endsWith('.ts'))
    .map(([, path]) => join(root, 'packages', name, path));
}

/** Generates the pages. Returns whether that worked. */
export async function writeReference() {
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    entryPoints: readdirSync(join(root, 'packages')).flatMap(entriesOf),
    tsconfig: join(root, 'tsconfig.json'),
    out,
    readme: 'none',
    router: 'module',
    excludePrivate: true,
    excludeInternal: true,
    disableSources: true,
    skipErrorChecking: true,
    hidePageHeader: true,
    hideBreadcrumbs: true,
    logLevel: 'Warn',
    parametersFormat: 'table',
    interfacePropertiesFormat: 'table',
    useCodeBlocks: true,
  });
  const project = await app.convert();
  if (!project) return false;
  await app.generateOutputs(project);
  flatten();
  return !app.logger.hasErrors();
}

/** One page a package, with a part for each entry point. TypeDoc makes a folder a package, and names files after sources. */
function flatten() {
  const folders = readdirSync(out, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  for (const { name } of folders) {
    const parts = readdirSync(join(out, name), { recursive: true }).filter((path) => path.endsWith('.md'));
    const texts = parts.sort((a, b) => a.length - b.length).map((path) => partOf(name, path));
    writeFileSync(
      join(out, `${name}.md`),
      `# @chainrule/${name}\n\nEvery export of [its package](../packages/${name}.md), from the docstrings.\n\n${texts.join('\n')}`,
    );
    rmSync(join(out, name), { recursive: true });
  }
  rmSync(join(out, 'README.md'), { force: true });
}

/** The text of an entry point or a namespace, with links to the pages of packages. */
function partOf(name, path) {
  const title = /index\.(\w+)\.md$/.exec(path)?.[1] ?? /namespaces[/\\](\w+)\.md$/.exec(path)?.[1];
  return (
    readFileSync(join(out, name, path), 'utf8')
      .replace(/^# .*\n/m, title && title !== 'node' ? `## ${title}\n` : '')
      .replace(/\]\((?:\.\.\/)*([\w-]+)\/src[\w./-]*\.md/g, '](./$1.md')
      .replace(/\]\((?:\.\.\/)*(?:src|index|namespaces|README)[\w./-]*\.md/g, `](./${name}.md`)
      // Numbers tell equal headings of a file apart; in the joined page they differ, so links lead to the first.
      .replace(/(\]\([^)#]*#[\w-]+?)-\d+\)/g, '$1)')
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await writeReference()) ? 0 : 1;
