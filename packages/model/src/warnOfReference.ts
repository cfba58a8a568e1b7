import { hasDefaultBackend } from '@chainrule/compiler';

let warned = false;

/** Training on the reference is a choice or an oversight: warns once where nobody has chosen. */
export function warnOfReference(): void {
  if (warned || hasDefaultBackend()) return;
  warned = true;
  // eslint-disable-next-line no-console -- a warning, and nowhere else to put it
  console.warn(
    'fit: trains on the reference backend, many times slower than WebAssembly; import from `chainrule`, call `setDefaultBackend(await wasm())` with `wasm` of ' +
      '`@chainrule/backend-wasm` before, or `setDefaultBackend(reference())` to go without this warning',
  );
}
