import { aNumber, aString, type Check, checkThat, listOf } from '@chainrule/errors/check';

/** A check for a list of objects whose fields pass their own checks. */
const listOfObjects = (expectation: string, fields: Readonly<Record<string, Check>>): Check =>
  listOf(expectation, (op, name, value) => {
    const object = (value ?? {}) as Readonly<Record<string, unknown>>;
    for (const [field, check] of Object.entries(fields)) check(op, `${name}.${field}`, object[field]);
  });

const fourWords = /* @__PURE__ */ checkThat(
  'a list of four words',
  (value) => Array.isArray(value) && value.length === 4 && value.every((word) => typeof word === 'string'),
);

export const analogySections: Check = /* @__PURE__ */ listOfObjects('a list of sections', {
  name: aString,
  questions: /* @__PURE__ */ listOf('a list of questions', fourWords),
});
export const similarityPairs: Check = /* @__PURE__ */ listOfObjects('a list of pairs of words', {
  a: aString,
  b: aString,
  score: aNumber,
});
