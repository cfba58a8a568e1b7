import { showNumber } from './compare.ts';
import { type CaseResult, nameOf, type Result } from './result.ts';

/** The table, the failures and the counts, line by line. */
export function reportOf(result: Result): string[] {
  return [...tableOf(result.cases), '', ...failuresOf(result), `${result.passed} passed, ${result.failed} failed`];
}

/** The output of `--json`. JSON lacks infinity, so a case without a result has `null` as its error. */
export function jsonOf({ cases, errors, passed, failed }: Result): string {
  const list = cases.map(({ found, passed: ok, worstError, message }) => {
    const name = nameOf(found);
    return {
      file: found.file,
      index: found.index,
      ...(name !== undefined && { name }),
      op: found.op,
      passed: ok,
      worstError,
      ...(message !== undefined && { message }),
    };
  });
  return `${JSON.stringify({ cases: list, ...(errors.length > 0 && { errors }), passed, failed }, null, 2)}\n`;
}

function tableOf(cases: readonly CaseResult[]): string[] {
  const ops = [...new Set(cases.map(({ found }) => found.op))];
  const rows = ops.map((op) => {
    const list = cases.filter(({ found }) => found.op === op);
    const computed = list.filter(({ worstError }) => worstError < Infinity);
    const worst = (values: readonly number[]): string => (values.length === 0 ? '-' : showNumber(Math.max(...values)));
    const passed = list.filter((one) => one.passed).length;
    return [
      op,
      String(list.length),
      String(passed),
      worst(computed.map((one) => one.worstError)),
      worst(computed.map((one) => one.worstDifference)),
    ];
  });
  const head = ['operation', 'cases', 'passed', 'error / tolerance', 'absolute error'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  return [line(head), ...rows.map(line)];
}

function failuresOf({ cases, errors }: Result): string[] {
  const lines = [
    ...errors.map(({ file, message }) => `${file}: ${message}`),
    ...cases.filter((one) => !one.passed).map((one) => `${titleOf(one)}\n  ${firstLine(one.message ?? 'failed')}`),
  ];
  return lines.length > 0 ? ['failures', ...lines, ''] : [];
}

/** The place of a case, its op and its attributes. */
export function titleOf({ found }: CaseResult): string {
  const { content } = found;
  const name = nameOf(found);
  const attrs = content instanceof Error ? '' : JSON.stringify(content.attrs);
  return `${found.file}[${found.index}] ${found.op}${name === undefined ? '' : ` "${name}"`}${attrs === '{}' || attrs === '' ? '' : ` ${attrs}`}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!;
}
