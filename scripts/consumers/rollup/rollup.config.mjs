import { cpSync } from 'node:fs';
import resolve from '@rollup/plugin-node-resolve';

const page = {
  // A worker's file is an entry of its own.
  input: ['umbrella.js', 'images.js', 'page.js', 'training.js'],
  output: { dir: 'dist' },
  plugins: [
    resolve({ browser: true }),
    { name: 'copy page', writeBundle: () => cpSync('index.html', 'dist/index.html') },
  ],
};
const forNode = ['files', 'images', 'flat', 'space'].map((name) => ({
  input: `${name}.js`,
  output: { dir: 'bundled' },
  plugins: [resolve()],
  external: /^node:/,
}));
export default [page, ...forNode];
