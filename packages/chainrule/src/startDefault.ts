import { startWasm } from '@chainrule/backend-wasm';
import { type Backend, reference } from '@chainrule/compiler';
import { DeviceError } from '@chainrule/errors';

/** WebAssembly on all cores; where there is none, the reference and a warning that says why. */
export function startDefault(): Backend {
  try {
    return startWasm();
  } catch (error) {
    if (!(error instanceof DeviceError)) throw error;
    // eslint-disable-next-line no-console -- a warning, and nowhere else to put it
    console.warn(`chainrule: programs run on the reference, many times slower than WebAssembly: ${error.message}`);
    return reference();
  }
}
