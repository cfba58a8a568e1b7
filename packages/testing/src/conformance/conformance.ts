import { join } from 'node:path';
import { ChainruleError } from '@chainrule/errors';
import type { Backend } from '@chainrule/compiler';
import { adapters } from './adapters/index.ts';
import { backendOf } from './backends.ts';
import { readExpectation, violationsOf, writeExpectation } from './expectation.ts';
import { help, type Options, parseOptions } from './options.ts';
import { type Found, readFolder } from './readFolder.ts';
import { jsonOf, reportOf } from './report.ts';
import { type CaseResult, type Result, resultOf } from './result.ts';
import { runCase } from './runCase.ts';
import { writeAtomically } from './writeAtomically.ts';

/** The output of a run. */
export interface Streams {
  out(text: string): void;
  error(text: string): void;
}

/** Runs every case of a folder. */
export async function runFolder(folder: string, backend: Backend): Promise<Result> {
  const { cases, errors } = readFolder(folder);
  const results: CaseResult[] = [];
  for (const found of cases) results.push(await runFound(found, backend));
  return resultOf(results, errors);
}

async function runFound(found: Found, backend: Backend): Promise<CaseResult> {
  const { content, op } = found;
  if (content instanceof Error)
    return {
      found,
      passed: false,
      worstError: Infinity,
      worstDifference: Infinity,
      message: `malformed: ${content.message}`,
    };
  const adapter = Object.hasOwn(adapters, op) ? adapters[op] : undefined;
  return { found, ...(await runCase(content, adapter, backend)) };
}

/**
 * The command line.
 *
 * @returns the exit code: 0 for success, 1 for failures, 2 for a wrong call
 */
export async function conformance(args: readonly string[], streams: Streams): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options === 'help') {
      streams.out(help);
      return 0;
    }
    return await runOptions(options, streams);
  } catch (error) {
    if (!(error instanceof ChainruleError)) throw error;
    streams.error(error.message);
    return 2;
  }
}

async function runOptions(
  { folder, backend: name, threads, json, expect, update }: Options,
  streams: Streams,
): Promise<number> {
  const backend = await backendOf(name, threads);
  if (threads > 1 && name === 'reference')
    streams.error(`the backend ${name} has one thread; \`--threads ${threads}\` changes nothing`);
  const list = expect === undefined ? undefined : expect || join(folder, 'expected', 'passing.json');
  const expectation = list === undefined || update ? undefined : readExpectation(list);
  const result = await runFolder(folder, backend);
  if (json !== undefined) writeAtomically(json, jsonOf(result), '--json');
  if (list !== undefined && update) writeExpectation(list, result);
  const violations = expectation ? violationsOf(result, expectation) : [];
  const report = reportOf(result);
  const compared = expectation
    ? [
        ...violations,
        `${list}: ${violations.length === 0 ? 'as the list says' : `${violations.length} ${violations.length === 1 ? 'difference' : 'differences'}`}`,
      ]
    : [];
  streams.out([...report.slice(0, -1), ...compared, report.at(-1)].join('\n'));
  return (expectation ? violations.length : update ? 0 : result.failed) > 0 ? 1 : 0;
}
