/** How figures are colored: to fit the page, or as on a light or dark page. */
export type Theme = 'auto' | 'light' | 'dark';

/** The colors of a drawing. */
export interface Colors {
  /** Of texts and axes; undefined to take that of the page. */
  readonly foreground: string | undefined;
  readonly background: string | undefined;
  /** Of series and groups. */
  readonly palette: readonly string[];
}

/** Colors with a contrast of at least 3 to white and to a dark page. */
export const palette: readonly string[] = [
  '#3b7dd8',
  '#d9660a',
  '#2b9348',
  '#c2528b',
  '#8a63d2',
  '#12908e',
  '#a5714a',
  '#7d8590',
];
/** The background of dark figures. */
export const dark = '#16181c';

/** The colors of a theme. With `auto`, pages may set `--chainrule-1`, `--chainrule-2`, … */
export function colorsOf(theme: Theme): Colors {
  if (theme === 'light') return { foreground: '#1f2328', background: '#ffffff', palette };
  if (theme === 'dark') return { foreground: '#e6e8eb', background: dark, palette };
  const open = palette.map((color, i) => `var(--chainrule-${i + 1}, ${color})`);
  return { foreground: undefined, background: undefined, palette: open };
}

export function colorAt(colors: Pick<Colors, 'palette'>, i: number): string {
  return colors.palette[i % colors.palette.length]!;
}

/** Red, green and blue of a color of the palette. */
export function channelsOf(color: string): readonly [number, number, number] {
  const at = (from: number): number => parseInt(color.slice(from, from + 2), 16);
  return [at(1), at(3), at(5)];
}
