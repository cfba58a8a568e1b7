import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Layer } from '@chainrule/layers-core';

/** Makes a layer from the arguments that the layer's `config` returns. */
export type LayerFactory = (...args: never[]) => Layer;

const root = new URL('../../', import.meta.url);
const folders = readdirSync(fileURLToPath(root)).filter((name) => name.startsWith('layers-') && name !== 'layers-core');

/**
 * The layer factories that files define, by name, with their packages: exported functions that return a `Layer`.
 * Functions named …Layer make families of layers and do not count.
 *
 * @example
 * findLayers().get('dense'); // => layers-dense
 */
export function findLayers(): Map<string, string> {
  const found = (folder: string): string[] => {
    const source = new URL(`${folder}/src/`, root);
    const files = readdirSync(fileURLToPath(source)).filter((file) => /^\w+\.ts$/.test(file));
    return files.flatMap((file) => layersIn(readFileSync(new URL(file, source), 'utf8')));
  };
  return new Map(folders.flatMap((folder) => found(folder).map((name) => [name, folder] as const)));
}

/** A function's head ends at the first brace that ends a line. */
function layersIn(text: string): string[] {
  const heads = [...text.matchAll(/^export function (\w+)[^]*?\{$/gm)];
  return heads.flatMap(([head, name]) =>
    /\): (Recurrent|Stateful)?Layer\b[^)]*\{$/.test(head) && !name!.endsWith('Layer') ? [name!] : [],
  );
}

/** The same factories by name, as the packages export them. */
export const layerFactories: Readonly<Record<string, LayerFactory>> = Object.fromEntries(
  (await Promise.all(folders.map(exportsOf)))
    .flatMap((exported) => Object.entries(exported))
    .filter(([name]) => findLayers().has(name)),
);

async function exportsOf(folder: string): Promise<Record<string, LayerFactory>> {
  return (await import(/* @vite-ignore */ `@chainrule/${folder}`)) as Record<string, LayerFactory>;
}
