import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const program = `import { runTs } from ${JSON.stringify(new URL('../../../../scripts/run-ts.mjs', import.meta.url).href)};
process.exitCode = (await runTs(${JSON.stringify(fileURLToPath(new URL('testMain.ts', import.meta.url)))}, process.argv.slice(1))) || process.exitCode;`;

/** Runs `npm run fuzz` on the fuzzers of testMain.ts. */
function run(...args: string[]): { readonly code: number | null; readonly out: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program, '--', ...args],
    { encoding: 'utf8' },
  );
  return { code: status, out: stdout + stderr };
}

/** The number that the report shows as the smallest input. */
const shown = (out: string): number => Number(/times\n\s+(?:n = )?(\d+)/.exec(out)![1]);

describe('npm run fuzz', () => {
  test('passes where nothing fails, and counts', () => {
    const { code, out } = run('fine', '--minutes', '0.005', '--seed', '1');
    expect(out).toMatch(/^seed 1\nfine: passed after [1-9]\d* inputs\n1 fuzzers passed, 0 failed\n$/);
    expect(code).toBe(0);
  });

  test('prints the smallest input, its error, and the command that repeats it', () => {
    const { code, out } = run('fine', 'wrong', '--minutes', '0.01', '--seed', '7');
    expect(code).toBe(1);
    expect(out).toContain('1 fuzzers passed, 1 failed');
    expect(out).toContain('Error: too large');
    expect(out).toContain('n = 1000\n');
    const [, again] = /repeat: npm run fuzz -- (.*)/.exec(out)!;
    const repeated = run(...again!.split(' '));
    expect(repeated.code).toBe(1);
    expect(repeated.out).toContain('0 fuzzers passed, 1 failed');
    expect(repeated.out).toContain('n = 1000\n');
  });

  test('ends what never ends, and shrinks it', () => {
    const { code, out } = run('endless', '--minutes', '1', '--seed', '1');
    expect(code).toBe(1);
    expect(out).toContain('did not end within 1 s');
    expect(shown(out)).toBe(2);
  });

  test('ends inputs that wait forever', () => {
    const { code, out } = run('waiting', '--seed', '1');
    expect([code, out]).toEqual([1, expect.stringContaining('did not end within 1 s')]);
  });

  test.runIf(process.platform !== 'win32')('ends inputs that take too much memory, and shrinks them', () => {
    const { code, out } = run('hungry', '--minutes', '1', '--seed', '1');
    expect(code).toBe(1);
    expect(out).toContain('took more than 200 MB');
    expect(shown(out)).toBe(2);
  });

  test('fails what took too much memory and gave it back', () => {
    const { code, out } = run('large', '--seed', '1');
    expect([code, out]).toEqual([1, expect.stringMatching(/took [34]\d\d MB, more than 200 MB|took more than 200 MB/)]);
  });

  test('fails where the process dies', () => {
    const { code, out } = run('gone', '--seed', '1');
    expect([code, out]).toEqual([1, expect.stringContaining('ended its process with')]);
  });

  test('explains its options, and errors of a call', () => {
    expect(run('--help').out).toContain('wrong    fails from 1,000 on');
    expect(run('nothing')).toEqual({
      code: 2,
      out: 'fuzz: expects names of fuzzers, got "nothing"; there are fine, wrong, endless, waiting, hungry, large, gone\n',
    });
    expect(run('--minutes', '0').out).toBe('fuzz: `--minutes` must be a positive number, got "0"\n');
    expect(run('--seed', '1.5').out).toBe('fuzz: `--seed` must be an integer from 0 to 2147483647, got "1.5"\n');
    expect(run('fine', '--path', '1').code).toBe(2);
  });
});
