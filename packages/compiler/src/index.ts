export type { Backend, Executable, Program } from './backend.ts';
export { compile, type Compiled, type CompiledProgram, type CompileOptions } from './compile.ts';
export { defaultBackend, setDefaultBackend } from './defaultBackend.ts';
export { describeGraph } from './describe.ts';
export { fuse } from './fuse.ts';
export { reference } from './reference.ts';
export { simplify } from './simplify.ts';
