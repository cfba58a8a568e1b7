import { readdirSync, readFileSync } from 'node:fs';
import { setDefaultBackend } from '@chainrule/compiler';
import type { OpDescriptor } from '@chainrule/tensor';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { entries, entriesLeftOut, subjects } from './arguments/entries.ts';
import { internals, messageNames } from './arguments/exceptions.ts';
import { sweep, swept, type Target } from './arguments/sweep.ts';
import { opsOf } from './ops.ts';
import { sampleArguments } from './sampler.ts';

type Callable = (...args: unknown[]) => unknown;

// Nothing here may reach the network.
beforeAll(() => void vi.stubGlobal('fetch', () => Promise.resolve(new Response(null, { status: 404 }))));
afterAll(() => void vi.unstubAllGlobals());
afterAll(() => console.log(`wrong arguments: ${swept.calls} calls of ${swept.functions} functions`));

const isClass = (value: Callable): boolean => value.toString().startsWith('class');

/** The functions of an entry point. Throws for one without arguments to try it with. */
function exportedTargets(entry: string): Target[] {
  const { exported, calls, delegates = false } = entries[entry]!;
  return Object.entries(exported)
    .filter(([name, value]) => typeof value === 'function' && !(internals[entry] ?? []).includes(name))
    .map(([name, value]: [string, Callable]) => ({
      name,
      speaksAs: [name, ...(messageNames[name] ?? [])],
      delegates,
      call: isClass(value)
        ? (...args: unknown[]) => new (value as unknown as new (...args: unknown[]) => unknown)(...args)
        : value,
      valid: opsOf({ value }).get('value')
        ? () => sampleArguments((value as unknown as { op: OpDescriptor }).op, 3)
        : listed(calls, name, entry),
    }));
}

/** The methods of an object, its own and inherited ones. */
function methodTargets(subject: string): Target[] {
  const { make, calls, takesData } = subjects[subject]!;
  const made = make();
  const names = new Set<string>();
  for (let at = made; at !== Object.prototype && at !== Function.prototype; at = Object.getPrototypeOf(at) as object)
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at)))
      if (typeof value === 'function' && name !== 'constructor' && !name.startsWith('~') && !isForeign(value))
        names.add(name);
  return [...names]
    .filter((name) => !(internals[subject] ?? []).includes(name))
    .map((name) => ({
      name,
      speaksAs: [name, subject, `${subject}.${name}`],
      delegates: true,
      ...(takesData && { takesData }),
      call: (...args) => (make() as Record<string, Callable>)[name]!(...args),
      valid: listed(calls, name, subject),
    }));
}

/** Whether a function only says that other libraries have a method of its name. */
function isForeign(method: unknown): boolean {
  return (method as { readonly name: string }).name === 'noSuchMethod';
}

function listed(
  calls: Readonly<Record<string, () => readonly unknown[]>>,
  name: string,
  where: string,
): Target['valid'] {
  const valid = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (!valid) throw new Error(`${where}: list arguments of ${name} below packages/testing/src/arguments/calls`);
  return valid;
}

async function faultsOf(targets: readonly Target[]): Promise<string[]> {
  const faults: string[] = [];
  for (const target of targets) faults.push(...(await sweep(target)));
  setDefaultBackend(undefined);
  return faults;
}

test('every entry point of every package is listed', () => {
  const folder = new URL('../../', import.meta.url);
  const found = readdirSync(folder)
    .map((name) => JSON.parse(readFileSync(new URL(`${name}/package.json`, folder), 'utf8')) as Manifest)
    // The umbrella re-exports the other packages.
    .filter((manifest) => !manifest.private && manifest.name !== 'chainrule')
    .flatMap(({ name, exports }) => Object.keys(exports).map((path) => name + path.slice(1)));
  expect([...Object.keys(entries), ...entriesLeftOut].sort()).toEqual(found.sort());
});

test('every function that is left out exists', () => {
  for (const [entry, names] of Object.entries(internals))
    for (const name of entries[entry] ? names : []) expect(entries[entry]!.exported, entry).toHaveProperty(name);
});

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: object;
}

test.each(Object.keys(entries))(
  '%s: wrong arguments get errors that name the function and the argument',
  async (entry) => expect(await faultsOf(exportedTargets(entry))).toEqual([]),
);

test.each(Object.keys(subjects))('methods: %s', async (subject) =>
  expect(await faultsOf(methodTargets(subject))).toEqual([]),
);
