// What compiles programs, with WebAssembly as the default backend. Each function sets the default when it is called: a side
// effect at import would put the backend into every bundle, also of programs that compile nothing.
import * as augmentation from '@chainrule/augmentation';
import * as compiler from '@chainrule/compiler';
import * as embeddings from '@chainrule/embeddings';
import * as models from '@chainrule/model';
import { startDefault } from './startDefault.ts';

/** Wraps a function so that it first sets the default backend, unless one is set. */
export function onDefault<F extends (...args: never[]) => unknown>(run: F): F {
  const onBackend = (...args: Parameters<F>): unknown => {
    if (!compiler.hasDefaultBackend()) compiler.setDefaultBackend(startDefault);
    return run(...args);
  };
  return onBackend as F;
}

export const augmentBatch: typeof augmentation.augmentBatch = /* @__PURE__ */ onDefault(augmentation.augmentBatch);
export const compile: typeof compiler.compile = /* @__PURE__ */ onDefault(compiler.compile);
export const defaultBackend: typeof compiler.defaultBackend = /* @__PURE__ */ onDefault(compiler.defaultBackend);
export const functional: typeof models.functional = /* @__PURE__ */ onDefault(models.functional);
export const sequential: typeof models.sequential = /* @__PURE__ */ onDefault(models.sequential);
export const sequentialOf: typeof models.sequentialOf = /* @__PURE__ */ onDefault(models.sequentialOf);
export const fromArchitecture: typeof models.fromArchitecture = /* @__PURE__ */ onDefault(models.fromArchitecture);
export const decodeModel: typeof models.decodeModel = /* @__PURE__ */ onDefault(models.decodeModel);
export const word2vec: typeof embeddings.word2vec = /* @__PURE__ */ onDefault(embeddings.word2vec);
export const glove: typeof embeddings.glove = /* @__PURE__ */ onDefault(embeddings.glove);
export const fastText: typeof embeddings.fastText = /* @__PURE__ */ onDefault(embeddings.fastText);
