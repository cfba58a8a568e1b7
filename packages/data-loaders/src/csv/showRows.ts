/** The letters of a cell and of a line at most. */
const [cellMost, lineMost] = [20, 79];

/** The names of columns and some rows, aligned. Columns that have no room in a line are left out at the right. */
export function showRows(rows: readonly (readonly string[])[], isMore: boolean): string {
  const short = rows.map((row) => row.map((cell) => shorten(cell.replace(/\s+/g, ' '))));
  const widths = short[0]!.map((_, i) => short.reduce((width, row) => Math.max(width, row[i]!.length), 0));
  let [shown, length] = [0, 0];
  while (shown < widths.length && length + widths[shown]! + (shown + 1 < widths.length ? 3 : 0) <= lineMost)
    length += widths[shown++]! + 2;
  const lines = short.map((row) => {
    const cells = row.slice(0, shown).map((cell, i) => cell.padEnd(widths[i]!));
    return [...cells, ...(shown < row.length ? ['…'] : [])].join('  ').trimEnd();
  });
  return [...lines, ...(isMore ? ['…'] : [])].join('\n');
}

function shorten(text: string): string {
  return text.length > cellMost ? `${text.slice(0, cellMost - 1)}…` : text;
}
