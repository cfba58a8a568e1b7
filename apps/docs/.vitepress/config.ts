import { fileURLToPath } from 'node:url';
import { tex } from '@mdit/plugin-tex';
import temml from 'temml';
import { defineConfig } from 'vitepress';
import { builtEntries } from '../../../scripts/builtEntries.ts';
import { codeThemes, highlighted } from '../plugins/highlighted.ts';
import { isolation } from '../plugins/isolation.ts';
import { outsideLinks } from '../plugins/links.ts';
import { sidebar } from './sidebar.ts';

const docs = fileURLToPath(new URL('../../../docs', import.meta.url));
/** A chain of two links. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#3451b2" stroke-width="4"><rect x="3" y="10" width="16" height="12" rx="6"/><rect x="13" y="10" width="16" height="12" rx="6"/></svg>',
)}`;
const isBuild = process.argv.includes('build');

export default defineConfig({
  title: 'Chainrule',
  description: 'Deep learning for TypeScript, as small packages that compose.',
  lang: 'en-US',
  // Works from any path of any host.
  base: './',
  srcDir: docs,
  srcExclude: ['README.md'],
  outDir: 'dist',
  cacheDir: 'node_modules/.cache/vitepress',
  lastUpdated: false,
  head: [['link', { rel: 'icon', href: icon }]],
  markdown: {
    theme: codeThemes,
    config(markdown) {
      markdown.use(tex, {
        render: (content, displayMode) => `<span v-pre>${temml.renderToString(content, { displayMode })}</span>`,
      });
      outsideLinks(markdown, docs);
    },
  },
  themeConfig: {
    nav: [
      { text: 'Start', link: '/start' },
      { text: 'Course', link: '/course/', activeMatch: '/course/' },
      { text: 'Demos', link: '/demos/', activeMatch: '/demos/' },
      { text: 'How to', link: '/how-to/', activeMatch: '/how-to/' },
      { text: 'Packages', link: '/packages/', activeMatch: '/(packages|reference)/' },
    ],
    sidebar,
    outline: [2, 3],
    search: { provider: 'local' },
    socialLinks: [{ icon: 'github', link: 'https://github.com/chainrule/chainrule' }],
  },
  vite: {
    // In development, packages are their sources; a build uses what would be published.
    resolve: { alias: isBuild ? builtEntries() : [] },
    plugins: [highlighted(), isolation()],
    worker: { format: 'es' },
    server: { fs: { allow: [fileURLToPath(new URL('../../..', import.meta.url))] } },
  },
});
