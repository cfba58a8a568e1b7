import { OptionError, showValue } from '@chainrule/errors';
import { wasm } from '@chainrule/backend-wasm';
import { type Backend, reference } from '@chainrule/compiler';

/** The backends that `--backend` knows. */
const backends: Readonly<Record<string, (threads: number) => Backend | Promise<Backend>>> = {
  reference: () => reference(),
  wasm: (threads) => wasm({ threads }),
};

/**
 * The backend of a name.
 *
 * @throws OptionError that names those there are
 */
export async function backendOf(name: string, threads: number): Promise<Backend> {
  const make = Object.hasOwn(backends, name) ? backends[name] : undefined;
  if (!make)
    throw new OptionError(
      `conformance: \`--backend\` must be one of ${Object.keys(backends).join(', ')}, got ${showValue(name)}`,
    );
  return make(threads);
}
