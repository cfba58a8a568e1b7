/** A change that removes the fix of a fault. */
export interface Mutation {
  /** The name for `npm run fuzz -- --prove NAME`. */
  readonly name: string;
  /** A description of the fault. */
  readonly fault: string;
  /** The package that has the fix. */
  readonly package: string;
  /** A text that occurs once in the package, and its replacement. */
  readonly search: string;
  readonly replace: string;
  /** The fuzzer that must find it. */
  readonly fuzzer: string;
}

/** The faults that fuzzers must find, by the sections of docs/design/fuzzing.md. */
export const mutations: readonly Mutation[] = [
  {
    name: 'stride',
    fault: 'a part of width 1 is stored without its stride',
    package: 'backend-wasm',
    search: 'if (step === byteSize(dtype)) this.f.add(store(l, dtype, at, value, offset));',
    replace: 'if (step > 0) this.f.add(store(l, dtype, at, value, v * l.width * byteSize(dtype)));',
    fuzzer: 'programs',
  },
  {
    name: 'stride-in-training',
    fault: 'a part of width 1 is stored without its stride',
    package: 'backend-wasm',
    search: 'if (step === byteSize(dtype)) this.f.add(store(l, dtype, at, value, offset));',
    replace: 'if (step > 0) this.f.add(store(l, dtype, at, value, v * l.width * byteSize(dtype)));',
    fuzzer: 'models',
  },
  {
    name: 'sums',
    fault: 'long sums, means, losses and bias gradients are carried in float32',
    package: 'backend-wasm',
    search: 'if (!reduces.some(rounds)) return undefined;',
    replace: 'if (reduces.length > 0) return undefined;',
    fuzzer: 'reductions',
  },
  {
    name: 'cumsum',
    fault: 'running sums are carried in float32',
    package: 'backend-wasm',
    search: 'doubles.add(total, doubles.add(a, b)).forEach(',
    replace: 'doubles.widen(f, doubles.narrow(doubles.add(total, doubles.add(a, b)))).forEach(',
    fuzzer: 'reductions',
  },
  {
    name: 'products',
    fault: 'products of matrices add up all blocks of the depth in float32',
    package: 'backend-wasm',
    search: 'export const maxFloatAdditions = 64;',
    replace: 'export const maxFloatAdditions = 2 ** 30;',
    fuzzer: 'reductions',
  },
  {
    name: 'parts',
    fault: 'partial results are added in float32',
    package: 'backend-wasm',
    search: 'set(doubles.add(sum, doubles.widen(f, l.load(place))));',
    replace: 'set(doubles.widen(f, doubles.narrow(doubles.add(sum, doubles.widen(f, l.load(place))))));',
    fuzzer: 'partials',
  },
  {
    name: 'depthwise-sums',
    fault: 'gradients of depthwise kernels add up all windows in float32',
    package: 'backend-wasm',
    search: 'export const maxDepthwiseTerms = 256;',
    replace: 'export const maxDepthwiseTerms = 2 ** 30;',
    fuzzer: 'reductions',
  },
  {
    name: 'repeated-indices',
    fault: 'values that are added up under the same index are added in float32',
    package: 'backend-wasm',
    search: 'const isLong = isFloat && indexCount > maxFloatAdditions;',
    replace: 'const isLong = isFloat && indexCount < 0;',
    fuzzer: 'reductions',
  },
  {
    name: 'eager-sums',
    fault: 'sums over the first axis are carried in float32 in eager code',
    package: 'tensor',
    search: 'const totals = new Float64Array(inner);',
    replace: 'const totals = new Float32Array(inner);',
    fuzzer: 'reductions',
  },
  {
    name: 'eager-indices',
    fault: 'values that are added up under the same index are added in float32 in eager code',
    package: 'tensor',
    search: 'base instanceof Float32Array ? Float64Array.from(base) : base!.slice()',
    replace: 'base!.slice()',
    fuzzer: 'reductions',
  },
  {
    name: 'no-indices',
    fault: 'the gradient of a look-up without indices reads memory that nobody has written',
    package: 'backend-wasm',
    search: 'step.zeroBase ? withoutBase(step.node) : step.node',
    replace: 'step.node',
    fuzzer: 'programs',
  },
  {
    name: 'cast',
    fault: 'infinities, NaN and large numbers become other integers than in eager code',
    package: 'backend-wasm',
    search: 'i32.select(f32.lt(x, f32.const(2 ** 63)), i32.truncateWrapF32(x), i32.const(0))',
    replace: 'i32.truncateWrapF32(x)',
    fuzzer: 'functions',
  },
  {
    name: 'pow',
    fault: 'pow(1, NaN) and pow(±1, ∞) are NaN',
    package: 'tensor',
    search: 'x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y',
    replace: 'x ** y',
    fuzzer: 'functions',
  },
  {
    name: 'depthwise-padding',
    fault: 'depthwise convolutions hide a NaN of the kernel that meets only padding',
    package: 'backend-wasm',
    search: "if (pass !== 'inputGradient') addProducts([output, weight, output], [0, 0, 0], false);",
    replace: '',
    fuzzer: 'programs',
  },
  {
    name: 'clip',
    fault: 'clipping by norms makes zeros of gradients whose squares overflow',
    package: 'optim',
    search: 'e.eq(s, Infinity),',
    replace: 'e.lt(s, -Infinity),',
    fuzzer: 'optimizers',
  },
  {
    name: 'where',
    fault: 'the branch that is not taken leaks NaN into a gradient',
    package: 'autograd',
    search: 'sums.set(i, e.select(condition, ofX.get(i) ?? 0, ofY.get(i) ?? 0));',
    replace:
      "sums.set(i, e.add(e.mul(e.cast(condition, 'float64'), ofX.get(i) ?? 0), e.mul(e.cast(e.not(condition), 'float64'), ofY.get(i) ?? 0)));",
    fuzzer: 'gradients',
  },
  {
    name: 'fusion',
    fault: 'chains of elementwise operations become one expression, however long they are',
    package: 'compiler',
    search: 'operations > mostOperations || inputs.size > mostInputs',
    replace: 'operations > 2 ** 30',
    fuzzer: 'growth',
  },
  {
    name: 'loops',
    fault: 'loops take in any number of nodes',
    package: 'compiler',
    search: 'a.nodes.length + b.nodes.length > mostNodes || a.operations + b.operations > mostOperations',
    replace: 'a.nodes.length < 0',
    fuzzer: 'growth',
  },
  {
    name: 'int32-numbers',
    fault: 'numbers beyond int32 meet int32 and wrap on one backend',
    package: 'tensor',
    search: '.find((value) => value !== (value | 0));',
    replace: '.find(() => false);',
    fuzzer: 'functions',
  },
  {
    name: 'gelu',
    fault: 'gelu loses its digits below −5',
    package: 'tensor',
    search: 'return e.mul(0.5, e.erfc(e.mul(x, -Math.SQRT1_2)));',
    replace: 'return e.mul(0.5, e.add(1, e.erf(e.mul(x, Math.SQRT1_2))));',
    fuzzer: 'functions',
  },
];
