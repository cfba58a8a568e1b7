/** The letters in a line of the terminal; unlimited where the output is a file, and in pages. */
export function terminalColumns(): number {
  const { stdout } = (globalThis as { readonly process?: Partial<NodeProcess> }).process ?? {};
  return (stdout?.isTTY && stdout.columns) || Infinity;
}

/** What pages lack. */
interface NodeProcess {
  readonly stdout: { readonly isTTY?: boolean; readonly columns?: number };
}
