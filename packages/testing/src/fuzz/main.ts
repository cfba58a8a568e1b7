import { fileURLToPath } from 'node:url';
import { fuzz } from './cli.ts';
import { fuzzers } from './fuzzers.ts';

process.exitCode = await fuzz(fuzzers, fileURLToPath(import.meta.url), process.argv.slice(2));
