import { startWasm } from '@chainrule/backend-wasm';
import { type Backend, reference } from '@chainrule/compiler';
import { DeviceError, MemoryError } from '@chainrule/errors';

/** WebAssembly on all cores; without WebAssembly, or memory for it, the reference and a warning that says why. */
export function startDefault(): Backend {
  try {
    return startWasm();
  } catch (error) {
    if (!(error instanceof DeviceError || error instanceof MemoryError)) throw error;
    // eslint-disable-next-line no-console -- a warning, and nowhere else to put it
    console.warn(`chainrule: programs run on the reference, many times slower than WebAssembly: ${error.message}`);
    return reference();
  }
}
