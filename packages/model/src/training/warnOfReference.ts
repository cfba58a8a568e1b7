import { hasDefaultBackend } from '@chainrule/compiler';

let warned = false;

/** Warns once if training runs on the reference backend and nobody has chosen it. */
export function warnOfReference(): void {
  if (warned || hasDefaultBackend()) return;
  warned = true;
  // eslint-disable-next-line no-console -- a warning has no other place
  console.warn(
    'fit: trains on the reference backend, many times slower than WebAssembly; import from `chainrule`, call `setDefaultBackend(await wasm())` with `wasm` of ' +
      '`@chainrule/backend-wasm` before, or `setDefaultBackend(reference())` to go without this warning',
  );
}
