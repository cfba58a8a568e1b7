import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fileOf, golden, run, runOn, squareCase } from './testFolder.ts';

const without = { cotangents: {}, gradients: {} };

describe('the conformance runner', () => {
  it('passes a case with right values and gradients', async () => {
    const { code, out, last, error } = await runOn({ 'a.json': fileOf(squareCase()), 'README.md': 'not read' });
    expect([code, last, error]).toEqual([0, '1 passed, 0 failed', '']);
    expect(out).toMatch(/^square +1 +1 +0 +0$/m);
  });

  it('says which value is wrong, and by how much', async () => {
    const { code, out, last } = await runOn({
      'a.json': fileOf(squareCase(), squareCase({ name: 'off', outputs: { output: golden([1, 4, 10]) } })),
    });
    expect([code, last]).toEqual([1, '1 passed, 1 failed']);
    expect(out).toContain(
      'a.json[1] square "off"\n  output[2]: got 9, expected 10 (1.0e+4 times the tolerance 0.00001)',
    );
    expect(out).toMatch(/^square +2 +1 +1.0e\+4 +1$/m);
  });

  it('says which gradient is wrong', async () => {
    const { code, out } = await runOn({ 'a.json': fileOf(squareCase({ gradients: { x: golden([2, 40, 601]) } })) });
    expect(code).toBe(1);
    expect(out).toContain('gradient of x[2]: got 600, expected 601');
  });

  it.each([
    ['an op that does not exist', { op: 'fold' }, 'not implemented: fold'],
    ['an op named as an object method', { op: 'toString' }, 'not implemented: toString'],
    ['an attribute that does not exist', { attrs: { axis: 1 } }, 'not supported: attribute `axis`'],
    [
      'a value that an attribute does not allow',
      { op: 'transpose', attrs: { perm: 'x' } },
      'attribute `perm` must be a list of numbers, got "x"',
    ],
    ['an input that is not read', { inputs: { x: golden([1, 2, 3]), y: golden([1]) } }, 'not supported: input `y`'],
    ['an input that is missing', { inputs: { y: golden([1]) }, ...without }, 'input `x` is missing'],
    [
      'an output that does not exist',
      { outputs: { output: golden([1, 4, 9]), other: golden([1]) } },
      'not supported: output `other`',
    ],
    [
      'another shape',
      { outputs: { output: golden([1, 4, 9], [3, 1]) }, ...without },
      'output: got shape [3], expected [3,1]',
    ],
    [
      'another dtype',
      { outputs: { output: golden([1, 4, 9], [3], 'int32') }, ...without },
      'output: got dtype float32, expected int32',
    ],
    ['an error of the op', { op: 'transpose', attrs: { perm: [1] } }, 'ShapeError: transpose: '],
  ])('fails a case with %s', async (_what, changes, message) => {
    const { code, out, last } = await runOn({ 'a.json': fileOf(squareCase(changes), squareCase()) });
    expect([code, last]).toEqual([1, '1 passed, 1 failed']);
    expect(out).toContain(message);
  });

  it.each([
    ['JSON', '{"format": ', 'a.json: line 1, column 12: expects a value, got the end of the file'],
    [
      'a format',
      '{"format": "golden-cases/2", "cases": []}',
      'a.json: format: must be "golden-cases/1", got "golden-cases/2"',
    ],
    ['a list', '{"format": "golden-cases/1", "cases": {}}', 'a.json: cases: must be a list, got {}'],
    ['an object', '[]', 'a.json: the file: must be an object, got []'],
  ])('counts a file without %s as a failure and reads the others', async (_what, text, message) => {
    const { code, out, last } = await runOn({ 'a.json': text, 'b.json': fileOf(squareCase()) });
    expect([code, last]).toEqual([1, '1 passed, 1 failed']);
    expect(out).toContain(message);
  });

  it.each([
    [
      'the length of its data',
      { inputs: { x: golden([1, 2], [3]) } },
      'cases[0].inputs.x.data: shape [3] needs 3 values, got 2',
    ],
    ['a shape', { inputs: { x: golden([1], [-1]) } }, 'cases[0].inputs.x.shape: must be a list of sizes, got [-1]'],
    [
      'a dtype',
      { inputs: { x: golden([1], [1], 'float16') } },
      'cases[0].inputs.x.dtype: must be float32 or int32, got "float16"',
    ],
    ['a number', { inputs: { x: golden(['one']) } }, 'cases[0].inputs.x.data[0]: must be a number, got "one"'],
    [
      'an integer',
      { inputs: { x: golden([1.5], [1], 'int32') } },
      'cases[0].inputs.x.data[0]: must be an int32, got 1.5',
    ],
    ['the tolerance', { tolerance: 'small' }, 'cases[0].tolerance: must be a finite number of at least 0, got "small"'],
    ['the outputs', { outputs: {}, ...without }, 'cases[0].outputs: must name at least one, got none'],
    ['the op', { op: 3 }, 'cases[0].op: must be a name, got 3'],
    ['a cotangent', { cotangents: { y: golden([1]) } }, 'cases[0].cotangents.y: is not a name in outputs'],
    [
      'the shape of a gradient',
      { gradients: { x: golden([1]) } },
      'cases[0].gradients.x.shape: must be that of inputs.x, [3], got [1]',
    ],
    ['all cotangents', { cotangents: {} }, 'cases[0].cotangents: gradients need at least one, got none'],
  ])('fails a case that is malformed in %s', async (_what, changes, message) => {
    const { code, out, last } = await runOn({ 'a.json': fileOf(squareCase(changes), squareCase()) });
    expect([code, last]).toEqual([1, '1 passed, 1 failed']);
    expect(out).toContain(`malformed: ${message}`);
  });

  it('fails entries that are not cases', async () => {
    const { out, last } = await runOn({ 'a.json': fileOf(null, 1, []) });
    expect(last).toBe('0 passed, 3 failed');
    expect(out).toContain('a.json[0] (malformed)\n  malformed: cases[0].the case: must be an object, got null');
  });
});

describe('NaN and infinities', () => {
  const values = (output: readonly (number | string)[]): object =>
    squareCase({ inputs: { x: golden(['NaN', '-Infinity', 1e30]) }, outputs: { output: golden(output) }, ...without });

  it('count as equal to themselves, as strings and as tokens of Python', async () => {
    const text = fileOf(values(['NaN', 'Infinity', 'Infinity']));
    expect(
      (await runOn({ 'a.json': text, 'b.json': text.replaceAll('"NaN"', 'NaN').replaceAll(/"(-?Infinity)"/g, '$1') }))
        .last,
    ).toBe('2 passed, 0 failed');
  });

  it('count as right where float32 overflows', async () => {
    expect((await runOn({ 'a.json': fileOf(values(['NaN', 'Infinity', 1e60])) })).last).toBe('1 passed, 0 failed');
  });

  it.each([
    [[0, 'Infinity', 'Infinity']],
    [['NaN', '-Infinity', 'Infinity']],
    [['NaN', 'NaN', 'Infinity']],
    [['NaN', 'Infinity', 1e38]],
  ])('do not pass for %s', async (output) => {
    const { code, out } = await runOn({ 'a.json': fileOf(values(output)) });
    expect(code).toBe(1);
    expect(out).toMatch(/output\[\d\]: got (NaN|Infinity), expected/);
  });
});

describe('the command line', () => {
  it('writes every case as JSON and leaves no draft', async () => {
    const target = mkdtempSync(join(tmpdir(), 'chainrule-json-'));
    try {
      const files = { 'a.json': fileOf(squareCase({ name: 'first' }), squareCase({ op: 'fold' })), 'b.json': '{' };
      await runOn(files, '--json', join(target, 'report.json'));
      expect(readdirSync(target)).toEqual(['report.json']);
      expect(JSON.parse(readFileSync(join(target, 'report.json'), 'utf8'))).toEqual({
        cases: [
          { file: 'a.json', index: 0, name: 'first', op: 'square', passed: true, worstError: 0 },
          { file: 'a.json', index: 1, op: 'fold', passed: false, worstError: null, message: 'not implemented: fold' },
        ],
        errors: [{ file: 'b.json', message: 'line 1, column 2: expects a string, got the end of the file' }],
        passed: 1,
        failed: 2,
      });
    } finally {
      rmSync(target, { recursive: true });
    }
  });

  it('prints help', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    expect(out).toContain('usage: npm run conformance -- FOLDER');
  });

  it.each([
    [[], 'expects one folder, got 0'],
    [['a', 'b'], 'expects one folder, got 2'],
    [['a', '--backend', 'cuda'], '`--backend` must be one of reference, wasm, got "cuda"'],
    [['a', '--threads', '0'], '`--threads` must be an integer of at least 1, got "0"'],
    [['a', '--fast'], "Unknown option '--fast'"],
    [['/no/such/folder'], 'cannot read the folder /no/such/folder'],
  ])('refuses %j', async (args, message) => {
    const { code, out, error } = await run(...args);
    expect([code, out]).toEqual([2, '']);
    expect(error).toContain(message);
  });

  it('refuses a folder without cases, and a place that it cannot write to', async () => {
    expect((await runOn({ 'README.md': '' })).error).toMatch(/has no \*\.json file$/);
    expect((await runOn({ 'a.json': fileOf(squareCase()) }, '--json', 'FOLDER/a.json/x.json')).error).toContain(
      'cannot write `--json`',
    );
  });

  it('says that threads change nothing on a backend without', async () => {
    const { code, error } = await runOn({ 'a.json': fileOf(squareCase()) }, '--threads', '4');
    expect([code, error]).toEqual([0, 'the backend reference has one thread; `--threads 4` changes nothing']);
  });
});

describe('the golden cases', () => {
  it('pass where the list says so, and nowhere else', async () => {
    const { code, out } = await run(fileURLToPath(new URL('../../golden', import.meta.url)), '--expect');
    expect(code, out).toBe(0);
  });
});
