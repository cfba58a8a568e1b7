import { OptionError, showValue } from '@chainrule/errors';
import { wasm } from '@chainrule/backend-wasm';
import { type Backend, reference } from '@chainrule/compiler';

/** The backends that `--backend` accepts. */
const backends: Readonly<Record<string, (threads: number) => Backend | Promise<Backend>>> = {
  reference: () => reference(),
  wasm: (threads) => wasm({ threads }),
};

/**
 * Returns the backend of the given name.
 *
 * @throws OptionError for an unknown name; it lists the known ones
 */
export async function backendOf(name: string, threads: number): Promise<Backend> {
  const make = Object.hasOwn(backends, name) ? backends[name] : undefined;
  if (!make)
    throw new OptionError(
      `conformance: \`--backend\` must be one of ${Object.keys(backends).join(', ')}, got ${showValue(name)}`,
    );
  return make(threads);
}
