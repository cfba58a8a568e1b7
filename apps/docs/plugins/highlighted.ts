import { readFile } from 'node:fs/promises';
import { codeToHtml } from 'shiki';
import type { Plugin } from 'vite';

/** Colors with enough contrast for small text. */
export const codeThemes = { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' } as const;

const suffix = '?highlighted';

/** `import html from './program.ts?highlighted'`: the text of a file in colors, light and dark. */
export function highlighted(): Plugin {
  return {
    name: 'highlighted',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(suffix)) return undefined;
      const file = id.slice(0, -suffix.length);
      this.addWatchFile(file);
      const html = await codeToHtml(await readFile(file, 'utf8'), {
        lang: 'ts',
        themes: codeThemes,
        defaultColor: false,
      });
      return `export default ${JSON.stringify(html)}`;
    },
  };
}
