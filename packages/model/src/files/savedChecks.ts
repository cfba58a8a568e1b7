import { aString, type Check, checkThat, refuse } from '@chainrule/errors/check';
import { aTensor } from '@chainrule/tensor/graph';

export const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

export const aModel: Check = /* @__PURE__ */ checkThat(
  'a model, such as `sequential` returns',
  (value) => isObject(value) && 'layers' in value && 'variables' in value,
);
export const withVariables: Check = /* @__PURE__ */ checkThat(
  'a model or another object with `variables()`',
  (value) => isObject(value) && 'variables' in value && typeof value.variables === 'function',
);
export const aTrainer: Check = /* @__PURE__ */ checkThat(
  'a trainer, which `compile` returns',
  (value) => isObject(value) && '~memory' in value,
);
export const bytesOfFile: Check = /* @__PURE__ */ checkThat('a Uint8Array', (value) => value instanceof Uint8Array);

/** Parses JSON. Returns undefined if the text is not valid JSON. */
export function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

export const someJson: Check = /* @__PURE__ */ checkThat('a value that JSON can hold', (value) => {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
});

/** A check for an object whose values all pass a check. */
export const recordOf =
  (expectation: string, check: Check): Check =>
  (op, name, value) => {
    if (!isObject(value) || Array.isArray(value)) refuse(op, name, expectation, value);
    for (const [key, item] of Object.entries(value)) check(op, `${name}.${key}`, item);
  };

export const namedTensors: Check = /* @__PURE__ */ recordOf('an object of tensors', aTensor);
export const namedTexts: Check = /* @__PURE__ */ recordOf('an object of strings', aString);
