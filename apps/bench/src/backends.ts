import { type Backend, reference } from '@chainrule/compiler';
import { OptionError } from '@chainrule/errors';

/** What a package `@chainrule/backend-wasm` exports: `wasm({ threads })`. */
type Factories = Readonly<Record<string, ((options: { readonly threads: number }) => Promise<Backend> | Backend) | undefined>>;

/**
 * The backend of this name: `reference`, or that of the package `backend-NAME` where the workspace has one. Its file is
 * named by a pattern, which bundlers resolve to what is there, so that this builds without any.
 *
 * @throws OptionError where there is no such package
 */
export async function loadBackend(name: string, threads: number): Promise<Backend> {
  if (name === 'reference') return reference();
  const make = (await importBackend(name))?.[name];
  if (!make) throw new OptionError(`bench: \`--backend\` must be reference or the name of a package backend-NAME, got ${JSON.stringify(name)}`);
  return make({ threads });
}

/** `wasm` where the workspace has that backend, else `reference`. */
export async function defaultBackendName(): Promise<string> {
  return loadBackend('wasm', 1).then(() => 'wasm', (error: unknown) => {
    if (error instanceof OptionError) return 'reference';
    throw error;
  });
}

/** Its module, or nothing where there is none. A broken one throws. */
async function importBackend(name: string): Promise<Factories | undefined> {
  try {
    return await import(`../../../packages/backend-${name}/src/index.ts`) as Factories;
  } catch (error) {
    // The words of esbuild's and of Vite's bundles.
    if (/not found in bundle|Unknown variable dynamic import/i.test((error as Error).message)) return undefined;
    throw error;
  }
}
