/** An element by its id. */
export const find = <E extends Element = HTMLElement>(id: string): E => document.querySelector<E>(`#${id}`)!;

export const percent = (value: number, decimals = 0): string => `${(100 * value).toFixed(decimals)}%`;

export const randomSeed = (): number => Math.floor(Math.random() * 1e6);

/** Draws losses, from the start to the end of the training and from 0 to the highest. */
export function lossCurve(): { add(done: number, loss: number): void } {
  const points: [done: number, loss: number][] = [];
  return {
    add(done, loss) {
      points.push([done, loss]);
      const top = Math.max(...points.map(([, value]) => value));
      const drawn = points.map(([x, y]) => `${100 * x},${99 - (98 * y) / top}`);
      find('curve').setAttribute('points', drawn.join(' '));
      find('loss').textContent = loss.toFixed(3);
    },
  };
}

/** The list of the digits' probabilities. */
export const chances = {
  show(values: readonly number[]): void {
    const best = values.indexOf(Math.max(...values));
    find('guess').textContent = `The network sees the digit ${best} (${percent(values[best]!)}).`;
    for (const [digit, { row, bar, text }] of rows.entries()) {
      row.classList.toggle('best', digit === best);
      bar.value = values[digit]!;
      text.textContent = percent(values[digit]!);
    }
  },
  clear(): void {
    find('guess').textContent = 'Draw a digit.';
    for (const { row, bar, text } of rows) {
      row.classList.remove('best');
      bar.value = 0;
      text.textContent = '';
    }
  },
};

const rows = Array.from({ length: 10 }, (_, digit) => {
  const row = document.createElement('li');
  const bar = document.createElement('progress');
  const text = document.createElement('span');
  bar.value = 0;
  bar.setAttribute('aria-label', `Probability of ${digit}`);
  row.append(String(digit), bar, text);
  find('chances').append(row);
  return { row, bar, text };
});
