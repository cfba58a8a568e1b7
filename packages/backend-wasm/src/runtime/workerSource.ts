import type { HostFunction } from '../math/hostFunctions.ts';
import { control, lineWord, lineWords, messageUnits, record } from './control.ts';

/** Functions that `Math` lacks or defines differently. They give the same bits as the caller's. */
const ownFunctions: Readonly<Record<Exclude<HostFunction, keyof Math> | 'pow', string>> = {
  pow: '(x, y) => (x === 1 || (x === -1 && abs(y) === Infinity) ? 1 : x ** y)',
  mod: `(x, y) => {
    const r = x % y;
    return r !== 0 && r < 0 !== y < 0 ? r + y : r;
  }`,
  sigmoid: '(x) => 1 / (1 + exp(-x))',
  erf: 'erf',
  erfc: '(x) => (x >= 1 ? upperTail(x) : x <= -1 ? 2 - upperTail(-x) : 1 - erf(x))',
};

/**
 * The program of a helper thread: a script without imports, for a Worker in a browser or in Node. It is a string,
 * because bundlers and minifiers rewrite functions. It receives one message, `HelperStart`.
 *
 * If a content security policy forbids workers from strings, write this to a file that your server delivers, and pass
 * `createWorker: () => new Worker('/that/file.js')`.
 */
export const workerSource: string = `'use strict';
const { exp, abs, sign, sqrt, PI } = Math;

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
const env = {};
for (const name of Object.getOwnPropertyNames(Math)) env[name] = Math[name];
Object.assign(env, {
  ${Object.entries(ownFunctions)
    .map(([name, source]) => `${name}: ${source},`)
    .join('\n  ')}
});

function help({ memory, thread, spin, active }, ready) {
  const words = new Int32Array(memory.buffer, 0, 1024);
  const load = (word) => Atomics.load(words, word);
  const busy = ${lineWord(0, 'busy')} + ${lineWords} * thread;
  const sites = new Map();
  let records = 0;

  function readLog() {
    if (records === load(${control.records})) return;
    for (let at = load(${control.log}); at !== 0; ) {
      const [next, number, program, bytes] = new Int32Array(memory.buffer, at >>> 0, 4);
      if (number > records) read(program, (at >>> 0) + ${record.header}, bytes);
      records = Math.max(records, number);
      at = next;
    }
  }

  function read(program, at, bytes) {
    if (bytes === 0) return sites.delete(program);
    const code = new Uint8Array(memory.buffer, at, bytes).slice(); // shared bytes are refused
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { ...env, memory, stalled() {}, host() {}, tick() {} } });
    const list = [];
    while (exports['site' + list.length]) list.push(exports['site' + list.length]);
    sites.set(program, list);
  }

  function take(job) {
    const [program, site, threads, arena] = [load(${control.program}), load(${control.site}), load(${control.threads}), load(${control.arena})];
    if (load(${control.opening}) !== job || site < 0 || thread >= threads) return;
    const run = sites.get(program)?.[site];
    if (!run) return;
    Atomics.store(words, busy, 1);
    try {
      if (load(${lineWord(0, 'retired')} + ${lineWords} * thread) === 0) run(thread, threads, job, arena);
    } catch (error) {
      fail(String(error).slice(0, ${messageUnits}));
    }
    Atomics.store(words, busy, 0);
    if (load(${control.waiting}) !== 0) Atomics.notify(words, busy);
  }

  function fail(text) {
    if (Atomics.compareExchange(words, ${control.failed}, 0, thread) !== 0) return;
    words[${control.message}] = text.length;
    for (let i = 0; i < text.length; i++) words[${control.message + 1} + i] = text.charCodeAt(i);
  }

  function next(job) {
    const end = performance.now() + spin;
    do {
      for (let i = 0; i < 256; i++) if (load(${control.job}) !== job) return;
    } while (performance.now() < end);
    Atomics.add(words, ${control.sleepers}, 1);
    Atomics.wait(words, ${control.job}, job);
    Atomics.sub(words, ${control.sleepers}, 1);
  }

  for (let first = true; ; first = false) {
    const job = load(${control.job});
    readLog();
    Atomics.store(words, ${lineWord(0, 'read')} + ${lineWords} * thread, 1 + records);
    if (first) ready();
    if (!active) {
      Atomics.wait(words, ${control.records}, records); // it knows programs, and no more
      continue;
    }
    take(job);
    next(job);
  }
}

// Where Linux lists this thread, as long as it lives.
function task(node) {
  try {
    return node('node:fs').readlinkSync('/proc/thread-self');
  } catch {
    return undefined;
  }
}

const node = globalThis.process?.getBuiltinModule;
const port = node?.('node:worker_threads')?.parentPort;
if (port) port.once('message', (start) => help(start, () => port.postMessage({ task: task(node) })));
else onmessage = ({ data }) => help(data, () => postMessage({}));
`;
