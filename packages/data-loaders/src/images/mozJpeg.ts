import factory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import { DeviceError } from '@chainrule/errors';
import { warn } from '../warn.ts';

/** The subset of Emscripten's module that this package uses. */
interface Decoder {
  decode(bytes: Uint8Array, preserveOrientation: boolean): { readonly data: Uint8ClampedArray } | null;
}
interface Setup {
  readonly printErr: (message: string) => void;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ) => WebAssembly.Exports;
}
type Factory = (module: Setup & Partial<Decoder>) => Promise<unknown>;

/** The memory limit of a decoder to keep. WebAssembly memory never shrinks, so a larger decoder is dropped. */
const maxKeptBytes = 2 ** 27;
/** `null` if loading failed. */
let compiled: WebAssembly.Module | null | undefined;
let decoder: Decoder | undefined;
let memory: WebAssembly.Memory | undefined;
const messages: string[] = [];

/**
 * Decodes a JPEG image with libjpeg (mozjpeg, compiled to WebAssembly by jSquash), to the same pixels as Pillow.
 *
 * @returns red, green, blue and alpha of each pixel, or undefined if libjpeg failed, and its messages; `undefined` if the
 * decoder cannot be loaded, for example because a bundle lacks its package
 */
export function decodeJpeg(
  bytes: Uint8Array,
): { readonly data: Uint8ClampedArray | undefined; readonly messages: readonly string[] } | undefined {
  if (compiled === undefined) compiled = load();
  if (!compiled) return undefined;
  messages.length = 0;
  const used = (decoder ??= start(compiled));
  // A failure leaves the decoder unusable.
  decoder = undefined;
  let image: ReturnType<Decoder['decode']> = null;
  try {
    image = withImageData(() => used.decode(bytes, false));
  } catch (error) {
    if (!messages.length) messages.push(String(error));
    return { data: undefined, messages: [...messages] };
  }
  if (memory && memory.buffer.byteLength <= maxKeptBytes) decoder = used;
  return { data: image?.data, messages: [...messages] };
}

/** Starts a decoder. With `instantiateWasm`, Emscripten's module is ready before its promise resolves. */
function start(compiledModule: WebAssembly.Module): Decoder {
  const module: Setup & Partial<Decoder> = {
    printErr: (message) => void messages.push(message),
    instantiateWasm: (imports, done) => {
      const instance = new WebAssembly.Instance(compiledModule, imports);
      memory = Object.values(instance.exports).find((value) => value instanceof WebAssembly.Memory);
      done(instance, compiledModule);
      return instance.exports;
    },
  };
  withImageData(() => (factory as unknown as Factory)(module)).catch(() => undefined);
  if (!module.decode) throw new DeviceError('readJpeg: expected the decoder to start, got none');
  return module as Decoder;
}

/** The `ImageData` class of the decoder, if the platform has none. */
let imageData: unknown;

/**
 * Runs the decoder. In Node, the decoder defines a global class `ImageData` when it starts and needs it later. This function
 * defines the class only while the decoder runs, because libraries take a platform with `ImageData` for a browser.
 */
function withImageData<T>(run: () => T): T {
  const platform = globalThis as { ImageData?: unknown };
  if (platform.ImageData !== undefined) return run();
  if (imageData !== undefined) platform.ImageData = imageData;
  try {
    return run();
  } finally {
    imageData = platform.ImageData;
    delete platform.ImageData;
  }
}

/** Loads and compiles the decoder of the package; `null` if that fails. */
function load(): WebAssembly.Module | null {
  const { process } = globalThis as { process?: { getBuiltinModule?: (id: string) => unknown } };
  const fs = process?.getBuiltinModule?.('node:fs') as { readFileSync(path: string): Uint8Array } | undefined;
  const modules = process?.getBuiltinModule?.('node:module') as
    { createRequire(from: string): { resolve(id: string): string } } | undefined;
  try {
    if (fs && modules)
      return new WebAssembly.Module(
        new Uint8Array(
          fs.readFileSync(modules.createRequire(import.meta.url).resolve('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm')),
        ),
      );
  } catch {
    // Fall back to the slower decoder.
  }
  warn(
    'readJpeg: cannot load the package @jsquash/jpeg and uses jpeg-js instead, which is several times slower and gives slightly different values; install the package, or exclude it from your bundle',
  );
  return null;
}
