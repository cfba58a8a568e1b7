import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './testing/copyPackages.ts';

interface Entry {
  readonly types: string;
  readonly default: string;
}
interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string>>;
  readonly alias?: Readonly<Record<string, string>>;
  readonly publishConfig: {
    readonly main?: string;
    readonly types?: string;
    readonly exports: Readonly<Record<string, string | Entry>>;
  };
}

const manifests = readdirSync(join(root, 'packages'))
  .map((name) => JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8')) as Manifest)
  .filter((manifest) => !manifest.private);

describe.each(manifests.map((manifest) => [manifest.name, manifest] as const))('%s', (_, manifest) => {
  const { exports, alias = {}, publishConfig } = manifest;
  const { './package.json': own, ...entries } = publishConfig.exports;

  test('publishes every entry point, and its manifest', () => {
    expect(Object.keys(entries)).toEqual(Object.keys(exports));
    expect(own).toBe('./package.json');
  });

  // Parcel knows `main` and `alias`, and `exports` only where a project turns them on.
  test('names the entry points for tools that do not read `exports`', () => {
    const { '.': main, ...others } = entries as Readonly<Record<string, Entry | undefined>>;
    expect([publishConfig.main, publishConfig.types]).toEqual([main?.default, main?.types]);
    expect(alias).toEqual(Object.fromEntries(Object.entries(others).map(([path, entry]) => [path, entry!.default])));
  });
});
