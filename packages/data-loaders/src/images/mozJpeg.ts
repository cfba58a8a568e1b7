import factory from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import { DeviceError } from '@chainrule/errors';
import { warn } from '../warn.ts';

/** The parts of Emscripten's module that are used. */
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

/** Memory of WebAssembly never shrinks: a decoder that needed more is not kept. */
const mostKept = 2 ** 27;
/** `null` once it could not be loaded. */
let compiled: WebAssembly.Module | null | undefined;
let decoder: Decoder | undefined;
let memory: WebAssembly.Memory | undefined;
const messages: string[] = [];

/**
 * Decodes a JPEG picture by libjpeg (mozjpeg, compiled to WebAssembly by jSquash): the same pixels as with Pillow.
 *
 * @returns red, green, blue and alpha of each pixel, unless libjpeg gave up, and what it said; `undefined` where the
 * decoder cannot be loaded, such as in a bundle that its package is not beside
 */
export function decodeJpeg(
  bytes: Uint8Array,
): { readonly data: Uint8ClampedArray | undefined; readonly messages: readonly string[] } | undefined {
  if (compiled === undefined) compiled = load();
  if (!compiled) return undefined;
  messages.length = 0;
  const used = (decoder ??= start(compiled));
  // What ends the decoder leaves it unusable.
  decoder = undefined;
  let picture: ReturnType<Decoder['decode']> = null;
  try {
    picture = withImageData(() => used.decode(bytes, false));
  } catch (error) {
    if (!messages.length) messages.push(String(error));
    return { data: undefined, messages: [...messages] };
  }
  if (memory && memory.buffer.byteLength <= mostKept) decoder = used;
  return { data: picture?.data, messages: [...messages] };
}

/** Starts a decoder. With `instantiateWasm`, Emscripten's module is ready before its promise says so. */
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

/** The class that the decoder makes its results of, where the platform has none. */
let imageData: unknown;

/**
 * Runs the decoder. In Node it puts a class `ImageData` on the global object when it starts, and looks for it there later:
 * the class is there only while the decoder runs, because libraries take a platform with `ImageData` for a browser.
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

/** The compiled decoder, from its package; `null` if it is not there. */
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
    // Then there is the slower decoder.
  }
  warn(
    'readJpeg: the package @jsquash/jpeg cannot be loaded, so jpeg-js decodes, several times slower and with slightly other values; install it, or keep it out of your bundle',
  );
  return null;
}
