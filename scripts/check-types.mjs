// Checks `*.test-d.ts` with both TypeScript compilers, and limits the number of type instantiations.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const caps = JSON.parse(readFileSync(new URL('./caps.json', import.meta.url), 'utf8')).instantiations;
let failed = false;

for (const [compiler, cap] of Object.entries(caps)) {
  const { version } = JSON.parse(readFileSync(`${root}node_modules/${compiler}/package.json`, 'utf8'));
  const tsc = `node_modules/${compiler}/bin/tsc`;
  const args = [tsc, '--project', 'tsconfig.types.json', '--extendedDiagnostics'];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (stdout.includes('TS18003')) {
    console.log('types: no *.test-d.ts yet');
    break;
  }
  const found = (label) => new RegExp(`^${label}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1];
  const count = Number(found('Instantiations') ?? Number.NaN);
  if (status !== 0) console.error(stdout.replace(/^Files:[\s\S]*$/m, '') + stderr);
  const verdict = status !== 0 ? 'errors' : count <= cap ? 'ok' : 'above the cap in scripts/caps.json';
  console.log(
    `types: TypeScript ${version}: ${count} instantiations of at most ${cap}, ${found('Total time')} s: ${verdict}`,
  );
  failed ||= verdict !== 'ok';
}
process.exitCode = failed ? 1 : 0;
