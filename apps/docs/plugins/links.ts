import { dirname, join, relative, resolve } from 'node:path';
import type { MarkdownRenderer } from 'vitepress';

const repository = 'https://github.com/chainrule/chainrule/blob/main/';

/** Links of pages to files outside `docs` lead to the package's page, or to the repository. */
export function outsideLinks(markdown: MarkdownRenderer, docs: string): void {
  const root = dirname(docs);
  markdown.core.ruler.push('outside-links', ({ tokens, env }) => {
    const { path: page } = env as { readonly path: string };
    for (const link of tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'link_open')) {
      const href = link.attrGet('href') ?? '';
      if (/^([a-z]+:|#|\/)/.test(href)) continue;
      const [path = '', hash = ''] = href.split(/(?=#)/);
      const target = relative(root, resolve(dirname(page), path));
      const name = /^packages\/([^/]+)\/README\.md$/.exec(target)?.[1];
      if (name) link.attrSet('href', relative(dirname(page), join(docs, 'packages', `${name}.md`)) + hash);
      else if (!target.startsWith('docs/') || !/\.md$/.test(target)) link.attrSet('href', repository + target + hash);
    }
  });
}
