// Writes a page whose import map names every entry point of every installed package.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const names = ['chainrule', 'pako', ...readdirSync('node_modules/@chainrule').map((name) => `@chainrule/${name}`)];
const imports = Object.fromEntries(
  names.flatMap((name) => {
    const { exports } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8'));
    return Object.entries(exports)
      .map(([path, entry]) => [name + path.slice(1), entry.default ?? entry.import?.default ?? entry.import])
      .filter(([, file]) => file)
      .map(([id, file]) => [id, `./node_modules/${name}/${file.slice(2)}`]);
  }),
);
writeFileSync(
  'map.html',
  `<!doctype html>
<script type="importmap">${JSON.stringify({ imports })}</script>
<script type="module" src="./umbrella.js"></script>
<script type="module" src="./images.js"></script>
`,
);
