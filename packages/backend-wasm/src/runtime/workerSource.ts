import { abort, control, doneStride, messageUnits, napTime, record } from './control.ts';

/**
 * The program of a helper thread: a script without imports, for a Worker of a browser or of Node. A string, since
 * bundlers and minifiers rewrite functions. It takes one message, `{ memory, helper, spin }`: the shared memory, its
 * number, and for how many milliseconds to spin before it sleeps.
 *
 * Where a content security policy forbids workers made from strings, write this to a file that your server delivers, and
 * pass `createWorker: () => new Worker('/that/file.js')`.
 */
export const workerSource: string = `'use strict';
const { exp, log, log1p, expm1, sin, cos, asin, acos, atan, tanh, pow, abs, sign, sqrt, PI } = Math;

// The same functions as the caller's, to the bit.
function upperTail(a) {
  if (!(a < 28)) return a === a ? 0 : a;
  let fraction = 0;
  for (let n = Math.ceil(200 / (a * a)) + 10; n > 0; n--) fraction = n / 2 / (a + fraction);
  const high = Math.fround(a);
  return (exp(-high * high) * exp((high - a) * (high + a))) / (sqrt(PI) * (a + fraction));
}
function erf(x) {
  const a = abs(x);
  if (!(a < 1)) return sign(x) * (1 - upperTail(a));
  let term = x;
  let sum = x;
  for (let n = 1; abs(term) > a * 1e-17; n++) {
    term *= (2 * a * a) / (2 * n + 1);
    sum += term;
  }
  return (2 * exp(-a * a) * sum) / sqrt(PI);
}
const env = {
  exp, log, log1p, expm1, sin, cos, asin, acos, atan, tanh, pow,
  sigmoid: (x) => 1 / (1 + exp(-x)),
  mod(x, y) {
    const r = x % y;
    return r !== 0 && r < 0 !== y < 0 ? r + y : r;
  },
  erf,
  erfc: (x) => (x >= 1 ? upperTail(x) : x <= -1 ? 2 - upperTail(-x) : 1 - erf(x)),
};

function help({ memory, helper, spin }, ready) {
  const words = new Int32Array(memory.buffer, 0, 1024);
  const generation = () => Atomics.load(words, ${control.generation});
  const stalled = () => Atomics.wait(words, ${control.never}, 0, ${napTime});
  const steps = new Map();
  let records = 0;

  function readLog() {
    if (records === Atomics.load(words, ${control.records})) return;
    for (let at = Atomics.load(words, ${control.log}); at !== 0; ) {
      const [next, number, program, bytes] = new Int32Array(memory.buffer, at >>> 0, 4);
      if (number > records) read(program, (at >>> 0) + ${record.header}, bytes);
      records = Math.max(records, number);
      at = next;
    }
  }

  function read(program, at, bytes) {
    if (bytes === 0) return steps.delete(program);
    const code = new Uint8Array(memory.buffer, at, bytes).slice(); // shared bytes are refused
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { ...env, memory, stalled, host() {}, tick() {} } });
    steps.set(program, exports.step);
  }

  function run(team) {
    let thread = 1; // and one more for each helper before this one
    for (let rest = team & ((1 << helper) - 1); rest !== 0; rest &= rest - 1) thread++;
    try {
      steps.get(words[${control.program}])(thread, words[${control.threads}], words[${control.arena}]);
    } catch (error) {
      const text = String(error).slice(0, ${messageUnits});
      if (Atomics.compareExchange(words, ${control.abort}, ${abort.none}, ${abort.helper}) !== ${abort.none}) return;
      words[${control.message}] = text.length;
      for (let i = 0; i < text.length; i++) words[${control.message + 1} + i] = text.charCodeAt(i);
    }
  }

  function next(seen) {
    const end = performance.now() + spin;
    while (words[${control.soon}] !== 0 && performance.now() < end) {
      for (let i = 0; i < 256; i++) if (generation() !== seen) return;
    }
    Atomics.add(words, ${control.sleepers}, 1);
    Atomics.wait(words, ${control.generation}, seen);
    Atomics.sub(words, ${control.sleepers}, 1);
  }

  for (let first = true; ; first = false) {
    const seen = generation();
    readLog();
    const team = words[${control.team}];
    if (team & (1 << helper)) run(team);
    Atomics.store(words, ${control.done} + ${doneStride} * helper, seen);
    if (first) ready();
    next(seen);
  }
}

const port = globalThis.process?.getBuiltinModule?.('node:worker_threads')?.parentPort;
if (port) port.once('message', (start) => help(start, () => port.postMessage('ready')));
else onmessage = ({ data }) => help(data, () => postMessage('ready'));
`;
