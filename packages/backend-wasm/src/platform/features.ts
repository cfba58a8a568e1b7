import { DeviceError } from '@chainrule/errors';
import { f32x4, type FunctionBuilder, i32, i32x4, ModuleBuilder, v128 } from '../asm/index.ts';
import { nodeModule } from './node.ts';

/** The features of the engine's WebAssembly. */
export interface Features {
  readonly simd: boolean;
  /** Multiply-add in one instruction. */
  readonly relaxed: boolean;
  /** Memory that threads share. */
  readonly threads: boolean;
}

let found: Features | undefined;

/** @throws DeviceError if modules cannot be compiled */
export function requireWasm(): void {
  const engine = (globalThis as { WebAssembly?: typeof WebAssembly }).WebAssembly;
  if (!engine)
    throw new DeviceError(
      'wasm: needs an engine with WebAssembly, got one without; use another engine, or `reference()` from `@chainrule/compiler`',
    );
  try {
    new engine.Module(new ModuleBuilder({ shared: false }).bytes());
  } catch (cause) {
    throw new DeviceError(
      `wasm: must be allowed to compile WebAssembly, got \`${(cause as Error).message}\`; where the page has a content security policy, ` +
        "add 'wasm-unsafe-eval' to its `script-src`, or use `reference()` from `@chainrule/compiler`",
      { cause },
    );
  }
}

/** Validates small modules. In Node before 22 it first enables relaxed SIMD, which is behind a flag. */
export function features(): Features {
  return (found ??= {
    simd: validates((f) => f.result(i32x4.bitmask(i32x4.const(0)))),
    relaxed: validates(relaxedProbe) || (enableRelaxed(), validates(relaxedProbe)),
    threads: sharesMemory(),
  });
}

function relaxedProbe(f: FunctionBuilder): void {
  const zero = f32x4.const(0);
  f.result(v128.anyTrue(f32x4.relaxedMadd(zero, zero, zero)));
}

function validates(write: (f: FunctionBuilder) => void): boolean {
  const module = new ModuleBuilder({ shared: false });
  module.func([], ['i32'], write);
  return WebAssembly.validate(module.bytes());
}

/** Call this before a module with relaxed SIMD is first compiled. Later versions of Node reject the flag. */
export function enableRelaxed(): void {
  const { process } = globalThis as { process?: { readonly versions?: { readonly node?: string } } };
  const major = Number(process?.versions?.node?.split('.')[0]);
  if (!(major < 22)) return;
  nodeModule<{ setFlagsFromString(flag: string): void }>('node:v8')?.setFlagsFromString(
    '--experimental-wasm-relaxed-simd',
  );
}

/** Whether threads can share memory. Pages need cross-origin isolation. */
function sharesMemory(): boolean {
  if (
    typeof SharedArrayBuffer === 'undefined' ||
    (globalThis as { crossOriginIsolated?: boolean }).crossOriginIsolated === false
  )
    return false;
  const module = new ModuleBuilder({ shared: true });
  module.func([], ['i32'], (f) => f.result(i32.const(0)));
  return WebAssembly.validate(module.bytes());
}
