/** Columns narrower than this are cut off rather than wrapped further. */
const least = 8;

/**
 * The lines of a table whose first row is the head, with a rule below it. Columns are separated by two spaces. If the table is
 * wider than `columns`, the widest columns get narrower, and their cells take several lines; numbers stay whole.
 *
 * @param numbers - the column of numbers, which are aligned on the right
 */
export function textTable(rows: readonly (readonly string[])[], numbers: number, columns: number): string[] {
  const widths = rows[0]!.map((_, i) => Math.max(...rows.map((row) => row[i]!.length)));
  const total = (): number => widths.reduce((a, b) => a + b, 2 * (widths.length - 1));
  while (total() > columns) {
    const widest = widths.reduce((best, width, i) => (i !== numbers && width > (widths[best] ?? 0) ? i : best), -1);
    if (widest < 0 || widths[widest]! <= least) break;
    widths[widest]!--;
  }
  const [head, ...body] = rows.map((row) => {
    const cells = row.map((cell, i) => wrap(cell, widths[i]!));
    return Array.from({ length: Math.max(...cells.map((lines) => lines.length)) }, (_, line) =>
      cells
        .map((lines, i) => pad(lines[line] ?? '', widths[i]!, i === numbers))
        .join('  ')
        .trimEnd(),
    );
  });
  return [...head!, '─'.repeat(total()), ...body.flat()];
}

function pad(text: string, width: number, right: boolean): string {
  return right ? text.padStart(width) : text.padEnd(width);
}

/** A text in lines of at most `width` letters. Lines end after a space, a comma, a slash, a hyphen or an underscore, if they can. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > width) {
    // A space may stand just behind the line.
    const end = /^.*[ ,/_-]/s.exec(rest.slice(0, rest[width] === ' ' ? width + 1 : width))?.[0].length ?? width;
    lines.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end);
  }
  return [...lines, rest];
}
