#!/usr/bin/env node
import { ChainruleError } from '@chainrule/errors';
import { Cancelled } from './ask.node.ts';
import { run } from './run.node.ts';

const { stdin, stdout, stderr, env } = process;

try {
  await run(process.argv.slice(2), {
    cwd: process.cwd(),
    userAgent: env['npm_config_user_agent'],
    terminal: stdin.isTTY && stdout.isTTY ? { input: stdin, output: stdout } : undefined,
    print: (line) => void stdout.write(`${line}\n`),
  });
} catch (error) {
  if (!(error instanceof ChainruleError || error instanceof Cancelled)) throw error;
  stderr.write(`${error.message}\n`);
  process.exitCode = error instanceof Cancelled ? 130 : 1;
}
