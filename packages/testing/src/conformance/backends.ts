import { OptionError, showValue } from '@chainrule/errors';
import { type Backend, reference } from '@chainrule/compiler';

/** The backends that `--backend` knows. */
const backends: Readonly<Record<string, () => Backend>> = { reference };

/**
 * The backend of a name.
 *
 * @throws OptionError that names those there are
 */
export function backendOf(name: string): Backend {
  const make = Object.hasOwn(backends, name) ? backends[name] : undefined;
  if (!make) throw new OptionError(`conformance: \`--backend\` must be one of ${Object.keys(backends).join(', ')}, got ${showValue(name)}`);
  return make();
}
