import { showByString } from '@chainrule/errors';
import { foreignModelMethods } from './foreignMethods.ts';

/** What models inherit: `console.log` shows their summary, and methods of other libraries say what to write instead. */
export const modelPrototype: object = /* @__PURE__ */ shownBySummary();

function shownBySummary(): object {
  const prototype = {
    ...foreignModelMethods,
    toJSON(this: { readonly name: string; readonly layers: readonly { readonly name: string }[] }): object {
      return { name: this.name, layers: this.layers.map(({ name }) => name) };
    },
    toString(this: { summary(): string }): string {
      return this.summary();
    },
  };
  showByString({ prototype });
  return prototype;
}
