import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Plugin } from 'vite';

/** The headers with which pages may share memory between threads. */
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

/** Serves pages with these headers in development, and ships the service worker that adds them on static hosts. */
export function isolation(): Plugin {
  const source = readFileSync(
    createRequire(import.meta.url).resolve('coi-serviceworker/coi-serviceworker.min.js'),
    'utf8',
  );
  return {
    name: 'isolation',
    configureServer({ middlewares }) {
      middlewares.use((_, response, next) => {
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        next();
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'isolation.js', source });
    },
  };
}
