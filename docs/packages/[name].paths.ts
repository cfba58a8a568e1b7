import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// The page of each published package is its README.

const folder = fileURLToPath(new URL('../../packages/', import.meta.url));

function published(name: string): boolean {
  const manifest = `${folder}${name}/package.json`;
  return existsSync(manifest) && !(JSON.parse(readFileSync(manifest, 'utf8')) as { readonly private?: true }).private;
}

/** Links of a README, as links of the site. */
const onSite = (readme: string): string =>
  readme
    .replaceAll(/\]\(\.\.\/\.\.\/docs\//g, '](../')
    .replaceAll(/\]\(\.\.\/([\w-]+)\/README\.md/g, '](./$1.md')
    .replaceAll('](../../', '](https://github.com/chainrule/chainrule/blob/main/');

export default {
  watch: [`${folder}*/README.md`],
  paths: () =>
    readdirSync(folder)
      .filter(published)
      .map((name) => ({ params: { name }, content: onSite(readFileSync(`${folder}${name}/README.md`, 'utf8')) })),
};
