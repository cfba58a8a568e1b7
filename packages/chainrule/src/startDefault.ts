import { startWasm } from '@chainrule/backend-wasm';
import { type Backend, reference } from '@chainrule/compiler';
import { DeviceError, MemoryError } from '@chainrule/errors';

/** Starts WebAssembly on all cores. If WebAssembly or its memory is unavailable, warns and falls back to the reference. */
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
