import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { ChainruleError } from '@chainrule/errors';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Cancelled } from './ask.node.ts';
import { run, type Surroundings } from './run.node.ts';
import { templateNames } from './templates.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'create-chainrule-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** Runs the program, and returns what it prints. */
async function printed(args: readonly string[], more: Partial<Surroundings> = {}): Promise<string> {
  const lines: string[] = [];
  await run(args, { cwd, userAgent: undefined, terminal: undefined, print: (line) => lines.push(line), ...more });
  return lines.join('\n');
}

/** The message of the error that the program ends with. */
async function refused(...args: readonly string[]): Promise<string> {
  const error = await printed(args).then(
    () => expect.fail('it must refuse'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ChainruleError);
  return (error as Error).message.replaceAll(cwd, '.');
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}
const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
const home = join(import.meta.dirname, '..');

describe.each(templateNames)('%s', (template) => {
  test('becomes a project with its name, and with the versions of this package', async () => {
    await printed(['my-app', '--template', template]);
    const { name, dependencies, devDependencies } = manifestOf(join(cwd, 'my-app'));
    const own = manifestOf(home);
    expect(name).toBe('my-app');
    expect(dependencies).toEqual({ chainrule: `^${own.version}` });
    expect(devDependencies['typescript']).toBe(own.devDependencies['typescript']);
    expect(Object.values(devDependencies)).not.toContain(undefined);
    expect(Object.values(devDependencies)).not.toContain('*');
  });

  test('has every file of the template, and `.gitignore` under its own name', async () => {
    await printed(['my-app', '-t', template]);
    const files = (folder: string): string[] => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    const wanted = files(join(home, 'templates', template)).map((file) => file.replace('_gitignore', '.gitignore'));
    expect(files(join(cwd, 'my-app'))).toEqual(wanted.sort());
    expect(wanted).toContain('.gitignore');
  });
});

test('the version is that of `chainrule`, and releases keep it so', async () => {
  const { version } = manifestOf(join(home, '..', 'chainrule'));
  expect(await printed(['--version'])).toBe(version);
  const { fixed } = JSON.parse(readFileSync(join(home, '../../.changeset/config.json'), 'utf8')) as { fixed: unknown };
  expect(fixed).toContainEqual(['chainrule', 'create-chainrule']);
});

test('help names the templates and options, and writes nothing', async () => {
  const help = await printed(['my-app', '--help']);
  for (const word of [...templateNames, '--template', '--version', 'pnpm create']) expect(help).toContain(word);
  expect(readdirSync(cwd)).toEqual([]);
});

describe('the next commands', () => {
  test.each([
    [undefined, 'cd my-app, npm install, npm run dev'],
    ['npm/11.19.1 node/v20.20.2 linux x64', 'cd my-app, npm install, npm run dev'],
    ['pnpm/10.34.9 npm/? node/v20.20.2 linux x64', 'cd my-app, pnpm install, pnpm dev'],
    ['yarn/4.9.2 npm/? node/v20.20.2 linux x64', 'cd my-app, yarn, yarn dev'],
    ['bun/1.4.5 npm/? node/v20.20.2 linux x64', 'cd my-app, bun install, bun run dev'],
  ])('are those of %s', async (userAgent, commands) => {
    const text = await printed(['my-app', '--template', 'vite-worker'], { userAgent });
    expect(
      text
        .split('\n')
        .slice(-3)
        .map((line) => line.trim())
        .join(', '),
    ).toBe(commands);
  });

  test('start a program', async () => {
    expect(await printed(['my-app', '--template', 'node-script'])).toMatch(/npm start$/);
  });

  test('do not enter the folder that the user is in', async () => {
    const here = join(cwd, 'here');
    mkdirSync(here);
    expect(await printed(['.', '-t', 'node-script'], { cwd: here })).not.toContain('cd ');
    expect(manifestOf(here).name).toBe('here');
  });

  test('quote a path with spaces', async () => {
    expect(await printed(['my projects/one', '-t', 'node-script'])).toContain('cd "my projects/one"');
  });
});

describe('refuses', () => {
  test('a folder with files, and changes nothing in it', async () => {
    mkdirSync(join(cwd, 'mine'));
    writeFileSync(join(cwd, 'mine', 'package.json'), 'precious');
    expect(await refused('mine', '-t', 'node-script')).toMatchInlineSnapshot(
      `"create-chainrule: \`folder\` must be new or empty, got "mine", which holds package.json; choose another folder. Nothing was written"`,
    );
    expect(readdirSync(join(cwd, 'mine'))).toEqual(['package.json']);
    expect(readFileSync(join(cwd, 'mine', 'package.json'), 'utf8')).toBe('precious');
  });

  test('a file, and what is below one', async () => {
    writeFileSync(join(cwd, 'file'), 'precious');
    expect(await refused('file', '-t', 'node-script')).toMatchInlineSnapshot(
      `"create-chainrule: \`folder\` must be a folder, got "./file", which is a file or is below one; choose another folder"`,
    );
    expect(await refused('file/app', '-t', 'node-script')).toMatch('which is a file or is below one');
    expect(readFileSync(join(cwd, 'file'), 'utf8')).toBe('precious');
  });

  test.each(['My App', '.hidden', '_app', 'node_modules', 'http', 'ünïcode', '日本'])(
    'the name %s, and suggests one that works',
    async (name) => {
      const message = await refused(name, '-t', 'node-script');
      expect(message).toMatch(/`folder` must end in a name that npm accepts, got .*; (try|choose) /);
      const [suggestion = ''] = /\S+$/.exec(message)!;
      await printed([suggestion, '-t', 'node-script']);
      expect(readdirSync(cwd)).toEqual([suggestion]);
    },
  );

  test('unknown templates and options, and several folders', async () => {
    expect(await refused('my-app', '--template', 'react')).toMatchInlineSnapshot(
      `"create-chainrule: \`--template\` must be vite-worker or node-script, got "react""`,
    );
    expect(await refused('my-app', '--tempalte', 'node-script')).toMatchInlineSnapshot(
      `"create-chainrule: Unknown option '--tempalte'; \`--help\` shows the options"`,
    );
    expect(await refused('my-app', '--template')).toMatchInlineSnapshot(
      `"create-chainrule: Option '-t, --template <value>' argument missing; \`--help\` shows the options"`,
    );
    expect(await refused('my', 'app')).toMatchInlineSnapshot(
      `"create-chainrule: \`folder\` must be one folder, got my app; put quotation marks around a path with spaces"`,
    );
    expect(await refused('')).toMatchInlineSnapshot(`"create-chainrule: \`folder\` must be a path, got """`);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test('to guess without a terminal', async () => {
    expect(await refused()).toMatchInlineSnapshot(
      `"create-chainrule: \`folder\` must be a path, got nothing, and no terminal to ask in; write \`npm create chainrule@latest my-app -- --template vite-worker\`"`,
    );
    expect(await refused('my-app')).toMatchInlineSnapshot(
      `"create-chainrule: \`--template\` must be vite-worker or node-script, got nothing, and no terminal to ask in; write \`npm create chainrule@latest my-app -- --template vite-worker\`"`,
    );
    expect(readdirSync(cwd)).toEqual([]);
  });

  test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'a folder that may not be written',
    async () => {
      chmodSync(cwd, 0o500);
      expect(await refused('my-app', '-t', 'node-script')).toMatch('the folder may not be written; choose another');
      chmodSync(cwd, 0o700);
      expect(readdirSync(cwd)).toEqual([]);
    },
  );
});

test('a new repository may be in the folder', async () => {
  mkdirSync(join(cwd, 'cloned', '.git'), { recursive: true });
  await printed(['cloned', '-t', 'node-script']);
  expect(existsSync(join(cwd, 'cloned', '.git'))).toBe(true);
  expect(manifestOf(join(cwd, 'cloned')).name).toBe('cloned');
});

describe('in a terminal', () => {
  /** Answers each question once it is shown; returns what the terminal showed. */
  async function typed(args: readonly string[], answers: Readonly<Record<string, string>>): Promise<string> {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = '';
    output.on('data', (text: Buffer) => (shown += text.toString()));
    let ended = false;
    const done = printed(args, { terminal: { input, output } }).finally(() => (ended = true));
    done.catch(() => undefined);
    for (const [question, keys] of Object.entries(answers)) {
      while (!shown.includes(question) && !ended) await wait(5);
      input.write(keys);
    }
    await done;
    return shown;
  }
  const down = '\x1b[B';

  test('it asks for the folder and the template', async () => {
    await typed([], { 'In which folder?': 'one\r', 'Which template?': `${down}\r` });
    expect(manifestOf(join(cwd, 'one')).name).toBe('one');
    expect(existsSync(join(cwd, 'one', 'index.html'))).toBe(false);
  });

  test('it takes what it suggests', async () => {
    await typed([], { 'In which folder?': '\r', 'Which template?': '\r' });
    expect(existsSync(join(cwd, 'my-app', 'index.html'))).toBe(true);
  });

  test('it asks only for what is missing', async () => {
    expect(await typed(['two'], { 'Which template?': '\r' })).not.toContain('In which folder?');
    expect(await typed(['-t', 'node-script'], { 'In which folder?': 'three\r' })).not.toContain('Which template?');
    expect(readdirSync(cwd)).toEqual(['three', 'two']);
  });

  test('it asks again for a folder that it cannot use', async () => {
    const shown = await typed(['-t', 'node-script'], {
      'In which folder?': 'No\r',
      'try no': '\x7f\x7fno\r',
    });
    expect(shown).toContain('`folder` must end in a name that npm accepts');
    expect(readdirSync(cwd)).toEqual(['no']);
  });

  test('Ctrl-C leaves nothing', async () => {
    await expect(typed([], { 'In which folder?': '\x03' })).rejects.toThrow(Cancelled);
    await expect(typed([], { 'In which folder?': 'one\r', 'Which template?': '\x03' })).rejects.toThrow(Cancelled);
    expect(readdirSync(cwd)).toEqual([]);
  });
});
