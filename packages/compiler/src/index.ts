export type { Backend, Executable, ProfileRow, Program } from './backend/backend.ts';
export { compile, type Compiled, type CompiledProgram, type CompileOptions } from './compile/compile.ts';
export { defaultBackend, hasDefaultBackend, setDefaultBackend } from './backend/defaultBackend.ts';
export { reference } from './backend/reference.ts';
