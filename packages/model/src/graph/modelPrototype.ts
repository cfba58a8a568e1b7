import { showByString } from '@chainrule/errors';

/** What models inherit: `console.log` shows their summary. */
export const modelPrototype: object = /* @__PURE__ */ shownBySummary();

function shownBySummary(): object {
  const prototype = {
    toString(this: { summary(): string }): string {
      return this.summary();
    },
  };
  showByString({ prototype });
  return prototype;
}
