import { wasm } from '@chainrule/backend-wasm';
import { type Backend, reference } from '@chainrule/compiler';
import { OptionError } from '@chainrule/errors';

const backends: Readonly<Record<string, (threads: number) => Backend | Promise<Backend>>> = {
  wasm: (threads) => wasm({ threads }),
  'wasm-plain': (threads) => wasm({ threads, relaxed: false }),
  'wasm-reproducible': (threads) => wasm({ threads, reproducible: true }),
  reference: () => reference(),
};

/** The backends that `--backend` accepts. */
export const backendNames: readonly string[] = Object.keys(backends);

/** @throws OptionError for an unknown backend */
export async function loadBackend(name: string, threads: number): Promise<Backend> {
  const make = Object.hasOwn(backends, name) ? backends[name] : undefined;
  if (!make)
    throw new OptionError(
      `bench: \`--backend\` must be one of ${backendNames.join(', ')}, got ${JSON.stringify(name)}`,
    );
  return make(threads);
}
